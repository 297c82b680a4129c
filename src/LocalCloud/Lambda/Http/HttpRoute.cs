using LocalCloud.Lambda.Runtime;

namespace LocalCloud.Lambda.Http;

/// <summary>A route and the function behind it.</summary>
internal sealed record HttpRoute(string ApiId, Func<string> Stage, string AccountId, RouteKey Key, LambdaFunction Function)
{
    /// <summary>Whether the function's permissions let API Gateway invoke it for that method.</summary>
    public required Func<string, bool> MayInvoke { get; init; }
}
