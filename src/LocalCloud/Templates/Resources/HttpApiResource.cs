using LocalCloud.Lambda;
using LocalCloud.Lambda.Http;
using LocalCloud.Lambda.Runtime;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>An HTTP API and its parts. Its address is made up: here it is served wherever <see cref="Deployment.HttpApi"/> is mounted.</summary>
internal static class HttpApiResource
{
    public static Task<Created> CreateApiAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        if (context.Text("ProtocolType") is { } protocol and not "HTTP")
            throw context.Wrong($"has the ProtocolType '{protocol}'. Only HTTP APIs are served here");
        var id = NewId();
        var address = $"https://{id}.execute-api.{context.Site.Names.Region}.{CloudNames.UrlSuffix}";
        return Task.FromResult(Created.With(id, ("ApiId", id), ("ApiEndpoint", address)));
    }

    public static Task<Created> CreateStageAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var name = context.Required("StageName");
        context.Site.Stages[context.Required("ApiId")] = name;
        return Task.FromResult(Created.With(name));
    }

    public static Task<Created> CreateIntegrationAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        if (context.Text("IntegrationType") is { } type and not "AWS_PROXY")
            throw context.Wrong($"has the IntegrationType '{type}'. Only AWS_PROXY, a function, is served here");
        if (context.Text("PayloadFormatVersion") is { } version and not "2.0")
            throw context.Wrong($"has the PayloadFormatVersion '{version}'. Only 2.0 is spoken here");
        var id = NewId();
        context.Site.Integrations[id] = context.Function(context.Required("IntegrationUri"));
        return Task.FromResult(Created.With(id, ("IntegrationId", id)));
    }

    public static Task<Created> CreateRouteAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var target = context.Required("Target");
        if (!context.Site.Integrations.TryGetValue(target[(target.LastIndexOf('/') + 1)..], out var function))
            throw context.Wrong($"has the target '{target}'. Name an integration of this app: integrations/ and its Ref");
        var (site, apiId) = (context.Site, context.Required("ApiId"));
        try
        {
            var key = new RouteKey(context.Required("RouteKey"));
            var stage = () => site.Stages.GetValueOrDefault(apiId, "$default");
            site.HttpApi.Add(new HttpRoute(apiId, stage, site.Names.AccountId, key, function) { MayInvoke = method => MayInvoke(site, $"{apiId}/{stage()}", key, method, function) });
        }
        catch (FormatException e)
        {
            throw context.Wrong($"has a RouteKey that cannot be read: {e.Message.TrimEnd('.')}", e);
        }
        var id = NewId();
        return Task.FromResult(Created.With(id, ("RouteId", id)));
    }

    // Asked for at each request, for a permission is created after the route it is for.
    private static bool MayInvoke(Site site, string stage, RouteKey key, string method, LambdaFunction function)
    {
        var path = key.IsDefault ? "/$default" : key.Text[key.Text.IndexOf('/', StringComparison.Ordinal)..];
        if (site.Permissions.Allows(function.Settings.Arn, "apigateway.amazonaws.com", site.Names.Arn("execute-api", $"{stage}/{method}{path}"), site.Names.AccountId))
            return true;
        LambdaLog.RouteMayNotInvoke(site.Logger, key.Text, function.Settings.Handler, site.Names.Arn("execute-api", $"{stage}/{method}{path}"));
        return false;
    }

    private static string NewId() => Guid.NewGuid().ToString("N")[..10];
}
