using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AwsApigatewayv2Authorizers;
using Amazon.CDK.AwsApigatewayv2Integrations;
using Constructs;
using HttpMethod = Amazon.CDK.AWS.Apigatewayv2.HttpMethod;

namespace Infra.Constructs;

/// <summary>What an API is made from.</summary>
public sealed record FunctionApiProps
{
    /// <summary>Answers every route; API Gateway waits 30 seconds for it.</summary>
    public required Function Function { get; init; }

    /// <summary>Each is a method and a path: <c>GET /bookings/{id}</c>. Anything else is 404 and never reaches the function.</summary>
    public required string[] Routes { get; init; }

    /// <summary>The same for the house alone: their callers sign with IAM, whoever may call the others.</summary>
    public string[] InternalRoutes { get; init; } = [];

    /// <summary>True lets anyone call. By default the caller signs with IAM and needs <c>execute-api:Invoke</c>.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Callers bring a token instead of signing with IAM.</summary>
    public JwtCallers? Jwt { get; init; }

    /// <summary>Requests a second, over all routes; above it callers get 429.</summary>
    public double RateLimit { get; init; } = 500;

    /// <summary>Requests that may come at once.</summary>
    public double BurstLimit { get; init; } = 1000;
}

/// <summary>Who may call with a token.</summary>
public sealed record JwtCallers
{
    /// <summary>The https address of the issuer, as in the token's <c>iss</c>; its keys are found from there.</summary>
    public required string Issuer { get; init; }

    /// <summary>At least one; the token's <c>aud</c> or <c>client_id</c> must be one of them.</summary>
    public required string[] Audiences { get; init; }
}

/// <summary>An HTTP API in front of one function.</summary>
public sealed class FunctionApi : Construct
{
    /// <summary>The base address, with a slash at its end.</summary>
    public string Url { get; }

    /// <summary>Creates the API.</summary>
    /// <exception cref="ArgumentException">A route is not a method and a path, or callers are both anonymous and known.</exception>
    public FunctionApi(Construct scope, string id, FunctionApiProps props) : base(scope, id)
    {
        if (props is { Anonymous: true, Jwt: not null })
            throw new ArgumentException($"API '{id}' is anonymous and asks for tokens. Use one of the two.");
        IHttpRouteAuthorizer authorizer = props switch
        {
            { Anonymous: true } => new HttpNoneAuthorizer(),
            { Jwt: { } jwt } => new HttpJwtAuthorizer("jwt", jwt.Issuer, new HttpJwtAuthorizerProps { JwtAudience = jwt.Audiences }),
            _ => new HttpIamAuthorizer(),
        };
        var api = new HttpApi(this, "http", new HttpApiProps { CreateDefaultStage = false, DefaultAuthorizer = authorizer });
        var stage = api.AddStage("stage", new HttpStageOptions
        {
            AutoDeploy = true,
            StageName = "$default",
            Throttle = new ThrottleSettings { BurstLimit = props.BurstLimit, RateLimit = props.RateLimit },
        });
        Url = stage.Url;

        var integration = new HttpLambdaIntegration("function", props.Function.Lambda);
        foreach (var route in props.Routes)
            Add(route, null);
        foreach (var route in props.InternalRoutes)
            Add(route, new HttpIamAuthorizer());

        void Add(string route, IHttpRouteAuthorizer? own)
        {
            if (route.Split(' ') is not [var method, ['/', ..] and var path] || !Enum.TryParse<HttpMethod>(method, out var verb))
                throw new ArgumentException($"Route '{route}' of API '{id}' is not a method and a path. Use the form: GET /bookings/{{id}}.");
            api.AddRoutes(new AddRoutesOptions { Authorizer = own, Integration = integration, Methods = [verb], Path = path });
        }
    }
}
