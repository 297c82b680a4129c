using LocalCloud.Lambda.Runtime;

namespace LocalCloud.Lambda.Http;

/// <summary>A route and the function behind it.</summary>
/// <param name="Key">The method and path.</param>
/// <param name="Function">Who answers.</param>
/// <param name="Authorizer">Whose tokens are asked for; null for none.</param>
/// <param name="Scopes">Of which the token must have one; empty for any.</param>
internal sealed record HttpRoute(RouteKey Key, LambdaFunction Function, JwtAuthorizer? Authorizer, IReadOnlyList<string> Scopes)
{
    /// <summary>Whether the function's permissions let API Gateway invoke it from that stage, for that method.</summary>
    public required Func<string, string, bool> MayInvoke { get; init; }
}
