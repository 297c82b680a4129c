using LocalCloud.Lambda.Http;
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
            site.HttpApi.Add(new HttpRoute(apiId, () => site.Stages.GetValueOrDefault(apiId, "$default"), site.Names.AccountId, key, function));
        }
        catch (FormatException e)
        {
            throw context.Wrong($"has a RouteKey that cannot be read: {e.Message.TrimEnd('.')}", e);
        }
        var id = NewId();
        return Task.FromResult(Created.With(id, ("RouteId", id)));
    }

    private static string NewId() => Guid.NewGuid().ToString("N")[..10];
}
