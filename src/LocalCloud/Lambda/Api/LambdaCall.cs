using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Http;
using LocalCloud.Lambda.Functions;
using LocalCloud.Lambda.Queues;

namespace LocalCloud.Lambda.Api;

/// <summary>One request of Lambda's API: what an operation gets and how it answers.</summary>
/// <param name="Call">The request.</param>
/// <param name="Lambda">Functions and mappings.</param>
/// <param name="Path">The values in the path, by their names in the route.</param>
internal sealed record LambdaCall(Call Call, LambdaService Lambda, IReadOnlyDictionary<string, string> Path)
{
    private LambdaInput? _input;

    public LambdaInput Input => _input ??= LambdaInput.Parse(Call.Body);

    public DateTimeOffset Now => Lambda.Time.GetUtcNow();

    public string? Query(string name) => Call.Http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>Lets the call go on only if its caller may do that with the function.</summary>
    public void Demand(string action, string arn, string? policy = null) => Call.Demand($"lambda:{action}", arn, policy);

    /// <summary>The function in the path, whose caller may do <paramref name="action"/> with it.</summary>
    /// <exception cref="ServiceException">There is none, it has no such version or alias, or the caller may not.</exception>
    public Function Function(string action)
    {
        var reference = Reference(Path["FunctionName"], "FunctionName");
        var function = Lambda.Find(reference.Name);
        Demand(action, Lambda.Arn(reference.Name), function?.Policy);
        return Qualified(function, reference);
    }

    /// <summary>The function that a member of the request names.</summary>
    public Function Named(string text) => Qualified(Lambda.Find(text), Reference(text, "FunctionName"));

    /// <summary>The mapping in the path, whose caller may do <paramref name="action"/> with it.</summary>
    public EventSourceMapping Mapping(string action)
    {
        var mapping = Guid.TryParse(Path["UUID"], out var id) ? Lambda.Mapping(id) : null;
        Demand(action, mapping?.Arn ?? "*");
        return mapping ?? throw LambdaError.NotFound("The resource you requested does not exist.");
    }

    /// <summary>Answers with a document, or with a status alone.</summary>
    public Task AnswerAsync(int status, JsonObject? body) => body is null
        ? Call.AnswerAsync(status, null, default)
        : Call.AnswerAsync(status, "application/json", Encoding.UTF8.GetBytes(body.ToJsonString()));

    /// <summary>A page of a list, at most as many as the caller asks for; the marker is the index of the next one.</summary>
    public Task AnswerPageAsync<T>(string member, IEnumerable<T> items, Func<T, JsonObject> describe)
    {
        var size = int.TryParse(Query("MaxItems"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 100) : 50;
        var start = Query("Marker") is not { Length: > 0 } marker ? 0
            : int.TryParse(marker, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : throw LambdaError.InvalidValue("Invalid pagination token");
        var page = items.Skip(start).Take(size + 1).ToList();
        var answer = new JsonObject { [member] = new JsonArray([.. page.Take(size).Select(describe)]) };
        if (page.Count > size)
            answer["NextMarker"] = (start + size).ToString(CultureInfo.InvariantCulture);
        return AnswerAsync(200, answer);
    }

    private static FunctionReference Reference(string text, string member) => FunctionReference.TryParse(text)
        ?? throw LambdaError.Constraint(member, text, $"Member must satisfy regular expression pattern: {FunctionReference.Pattern}");

    private Function Qualified(Function? function, FunctionReference reference)
    {
        var qualifier = Query("Qualifier") is { Length: > 0 } asked && asked != "$LATEST" ? asked : reference.Qualifier;
        return function is not null && (qualifier is null || function.Qualifiers.Contains(qualifier))
            ? function
            : throw LambdaError.NoFunction(Lambda.Arn(reference.Name) + (qualifier is null ? "" : $":{qualifier}"));
    }
}
