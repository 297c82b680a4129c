namespace LocalCloud.Http;

/// <summary>What LocalCloud answers about itself, below <c>/_local/</c> and at <c>/health</c>: for tests and pages in any language.</summary>
internal sealed class LocalPaths
{
    private readonly Dictionary<string, Dictionary<string, Func<Call, Task>>> _paths = new(StringComparer.Ordinal);

    /// <summary>Whether the path is LocalCloud's own, which no service sees and no fault hits.</summary>
    public static bool IsLocal(string path) => path.StartsWith("/_local/", StringComparison.Ordinal) || path is "/health" or "/_localstack/health";

    public LocalPaths Add(string method, string path, Func<Call, Task> answer)
    {
        if (!_paths.TryGetValue(path, out var methods))
        {
            _paths.Add(path, methods = new(StringComparer.Ordinal));
        }

        methods.Add(method, answer);
        return this;
    }

    public Task AnswerAsync(Call call)
    {
        if (!_paths.TryGetValue(call.Http.Request.Path.Value ?? "", out var methods))
        {
            return PlainErrors.AnswerAsync(call, 404, "NotFound", $"LocalCloud has no such path of its own: it has {string.Join(", ", _paths.Keys.Order(StringComparer.Ordinal))}.");
        }

        var method = call.Http.Request.Method == "HEAD" ? "GET" : call.Http.Request.Method;
        if (methods.TryGetValue(method, out var answer))
        {
            return answer(call);
        }

        var allowed = string.Join(", ", methods.Keys.Order(StringComparer.Ordinal));
        call.Http.Response.Headers.Allow = allowed;
        return PlainErrors.AnswerAsync(call, 405, "MethodNotAllowed", $"This path takes {allowed}.");
    }
}
