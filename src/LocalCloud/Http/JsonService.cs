using System.Collections.Frozen;

namespace LocalCloud.Http;

/// <summary>A service that speaks AWS JSON 1.1: the operation in a header, an object in, an object out.</summary>
/// <param name="name">The service's name.</param>
/// <param name="target">What stands before the operation in X-Amz-Target, with the dot.</param>
/// <param name="largestBody">In bytes.</param>
/// <param name="operations">By name; each writes the members of its answer.</param>
internal sealed class JsonService(string name, string target, int largestBody, IReadOnlyDictionary<string, Action<JsonCall>> operations) : IService
{
    private const string ContentType = "application/x-amz-json-1.1";

    private readonly FrozenDictionary<string, Action<JsonCall>> _operations = operations.ToFrozenDictionary(StringComparer.Ordinal);

    public string Name => name;

    public int LargestBody => largestBody;

    public string? ActionOf(Call call) =>
        call.Http.Request.Headers["X-Amz-Target"].ToString() is var header && header.StartsWith(target, StringComparison.Ordinal) ? header[target.Length..] : null;

    public Task HandleAsync(Call call) => call.AnswerAsync(200, ContentType, Run(call));

    public Task RefuseAsync(Call call, ServiceException error) => call.AnswerAsync(error.Status, ContentType, JsonBody.Write(output =>
    {
        output.WriteString("__type"u8, error.Type);
        output.WriteString("message"u8, error.Message);
    }));

    private ReadOnlyMemory<byte> Run(Call call)
    {
        if (ActionOf(call) is not { } action || !_operations.TryGetValue(action, out var operation))
        {
            throw new ServiceException("UnknownOperationException", $"LocalCloud's {name} has no operation '{Excerpt.Of(ActionOf(call) ?? "")}': name one after {target} in X-Amz-Target.");
        }

        return JsonBody.Read(call.Body, input => JsonBody.Write(output => operation(new JsonCall(call, new JsonInput(input), output))), JsonInput.Malformed);
    }
}
