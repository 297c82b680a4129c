namespace LocalCloud.Lambda.Http;

/// <summary>An HTTP API of API Gateway: its routes, stages and CORS.</summary>
internal sealed class HttpApi(string id, string accountId)
{
    private const string DefaultStage = "$default";

    private readonly List<HttpRoute> _routes = [];

    public string Id => id;

    public string AccountId => accountId;

    /// <summary>Null when the template configures none: then a function answers preflight requests itself.</summary>
    public Cors? Cors { get; init; }

    /// <summary>Their names; an API without any is served as if it had <c>$default</c>.</summary>
    public HashSet<string> Stages { get; } = [];

    public void Add(HttpRoute route)
    {
        _routes.Add(route);
        _routes.Sort((one, other) => one.Key.CompareTo(other.Key));
    }

    /// <summary>The stage that a path belongs to, and the rest of the path: a named stage is its first segment. Null if there is none.</summary>
    public (string Stage, string Path)? StageOf(string path)
    {
        var end = path.IndexOf('/', 1);
        var first = end < 0 ? path[1..] : path[1..end];
        if (first.Length > 0 && first != DefaultStage && Stages.Contains(first))
            return (first, end < 0 ? "/" : path[end..]);
        return Stages.Count == 0 || Stages.Contains(DefaultStage) ? (DefaultStage, path) : null;
    }

    /// <summary>The most specific route for a request, and its path parameters.</summary>
    public (HttpRoute Route, Dictionary<string, string> Parameters)? Find(string method, string path)
    {
        foreach (var route in _routes)
        {
            if (route.Key.Matches(method, path, out var parameters))
                return (route, parameters);
        }
        return null;
    }
}
