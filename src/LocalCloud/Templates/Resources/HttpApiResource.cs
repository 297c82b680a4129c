using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
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
        // The same at every start, so that a bookmark or a test's host stays good.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{context.Id.Stack}/{context.Id.LogicalId}")))[..10];
        var address = $"https://{id}.execute-api.{context.Site.Names.Region}.{CloudNames.UrlSuffix}";
        context.Site.HttpApis.Add(new HttpApi(id, context.Site.Names.AccountId) { Cors = Cors(context) });
        return Task.FromResult(Created.With(id, ("ApiId", id), ("ApiEndpoint", address)));
    }

    public static Task<Created> CreateStageAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var name = context.Required("StageName");
        Api(context).Stages.Add(name);
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

    public static Task<Created> CreateAuthorizerAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        if (context.Text("AuthorizerType") is { } type and not "JWT")
            throw context.Wrong($"has the AuthorizerType '{type}'. Only JWT authorizers are asked here");
        var jwt = context.Properties["JwtConfiguration"] ?? throw context.Wrong("has no JwtConfiguration. Add it to the template");
        var source = Texts(context.Properties["IdentitySource"]) is [var first, ..] ? first : "$request.header.Authorization";
        const string Header = "$request.header.";
        if (!source.StartsWith(Header, StringComparison.OrdinalIgnoreCase))
            throw context.Wrong($"has the IdentitySource '{source}'. Only a header is looked at here, as in {Header}Authorization");
        var id = NewId();
        var issuer = jwt["Issuer"] is { } node ? Resolving.Text.Of(node) : throw context.Wrong("has no Issuer. Add it to the template's JwtConfiguration");
        context.Site.Authorizers[id] = new JwtAuthorizer(issuer, Texts(jwt["Audience"]), source[Header.Length..]);
        return Task.FromResult(Created.With(id, ("AuthorizerId", id)));
    }

    public static Task<Created> CreateRouteAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var target = context.Required("Target");
        if (!context.Site.Integrations.TryGetValue(target[(target.LastIndexOf('/') + 1)..], out var function))
            throw context.Wrong($"has the target '{target}'. Name an integration of this app: integrations/ and its Ref");
        try
        {
            var key = new RouteKey(context.Required("RouteKey"));
            var api = Api(context);
            api.Add(new HttpRoute(key, function, Authorizer(context), Texts(context.Properties["AuthorizationScopes"]))
            {
                MayInvoke = (stage, method) => MayInvoke(context.Site, $"{api.Id}/{stage}", key, method, function),
            });
        }
        catch (FormatException e)
        {
            throw context.Wrong($"has a RouteKey that cannot be read: {e.Message.TrimEnd('.')}", e);
        }
        var id = NewId();
        return Task.FromResult(Created.With(id, ("RouteId", id)));
    }

    private static HttpApi Api(ResourceContext context) => context.Site.HttpApis.Find(context.Required("ApiId"))
        ?? throw context.Wrong($"needs the HTTP API '{context.Required("ApiId")}', which is not in this app. Deploy both together");

    private static JwtAuthorizer? Authorizer(ResourceContext context) => context.Text("AuthorizationType") != "JWT" ? null
        : context.Site.Authorizers.GetValueOrDefault(context.Required("AuthorizerId"))
            ?? throw context.Wrong($"needs the authorizer '{context.Text("AuthorizerId")}', which is not in this app. Deploy both together");

    private static Cors? Cors(ResourceContext context) => context.Properties["CorsConfiguration"] is not JsonObject cors ? null : new Cors
    {
        AllowOrigins = Texts(cors["AllowOrigins"]),
        AllowMethods = Texts(cors["AllowMethods"]),
        AllowHeaders = Texts(cors["AllowHeaders"]),
        ExposeHeaders = Texts(cors["ExposeHeaders"]),
        AllowCredentials = cors["AllowCredentials"] is { } flag && Resolving.Text.Of(flag) is "true" or "True",
        MaxAge = cors["MaxAge"] is { } age && int.TryParse(Resolving.Text.Of(age), out var seconds) ? seconds : null,
    };

    private static string[] Texts(JsonNode? list) => [.. (list as JsonArray ?? []).OfType<JsonNode>().Select(Resolving.Text.Of)];

    // Asked for at each request, for a permission is created after the route it is for.
    private static bool MayInvoke(Site site, string stage, RouteKey key, string method, LambdaFunction function)
    {
        var path = key.IsDefault ? "/$default" : key.Text[key.Text.IndexOf('/', StringComparison.Ordinal)..];
        var route = site.Names.Arn("execute-api", $"{stage}/{method}{path}");
        if (site.Permissions.Allows(function.Settings.Arn, "apigateway.amazonaws.com", route, site.Names.AccountId))
            return true;
        LambdaLog.RouteMayNotInvoke(site.Logger, key.Text, function.Settings.Handler, route);
        return false;
    }

    private static string NewId() => Guid.NewGuid().ToString("N")[..10];
}
