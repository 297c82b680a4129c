using LocalCloud.Lambda.Runtime;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Lambda.Http;

/// <summary>
/// The HTTP APIs of an app behind one address, payload format 2.0. A request is for the API whose id its host begins with, as in
/// <c>id.execute-api.localhost</c>; the only API needs no such host. IAM is not asked: whoever reaches a laptop's loopback is its owner.
/// </summary>
internal sealed class HttpGateway(TimeProvider time)
{
    /// <summary>API Gateway's limit for a request, in bytes.</summary>
    private const int MaximumRequest = 10 * 1024 * 1024;

    /// <summary>API Gateway waits this long for an integration.</summary>
    private static readonly TimeSpan IntegrationTimeout = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, HttpApi> _apis = [];

    public void Add(HttpApi api) => _apis.Add(api.Id, api);

    public HttpApi? Find(string id) => _apis.GetValueOrDefault(id);

    public async Task HandleAsync(HttpContext context)
    {
        if (Find(context.Request) is not { } api)
        {
            var advice = _apis.Count > 1 ? $". There are several HTTP APIs: say which by the host, as in {_apis.Keys.Order(StringComparer.Ordinal).First()}.execute-api.localhost" : "";
            await HttpAnswer.RefuseAsync(context.Response, StatusCodes.Status404NotFound, "Not Found" + advice);
            return;
        }
        if (api.Cors is { } cors && cors.Answer(context))
            return;
        if (api.StageOf(HttpEvent.Path(context.Request)) is not var (stage, path) || api.Find(context.Request.Method.ToUpperInvariant(), path) is not var (route, parameters))
        {
            await HttpAnswer.RefuseAsync(context.Response, StatusCodes.Status404NotFound, "Not Found");
            return;
        }
        var token = route.Authorizer?.Check(context.Request, route.Scopes, time.GetUtcNow());
        if (token?.Refusal is { } refusal)
            await refusal(context.Response);
        else if (!route.MayInvoke(stage, context.Request.Method.ToUpperInvariant()))
            await HttpAnswer.RefuseAsync(context.Response, StatusCodes.Status500InternalServerError, "Internal Server Error");
        else
            await InvokeAsync(context, new HttpCall(api, stage, route, parameters, token?.Claims, token?.Scopes ?? []));
    }

    private async Task InvokeAsync(HttpContext context, HttpCall call)
    {
        if (await Body.ReadAsync(context.Request, MaximumRequest) is not { } body)
        {
            await HttpAnswer.RefuseAsync(context.Response, StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large");
            return;
        }
        var payload = HttpEvent.Write(context, call, body.Span, time.GetUtcNow());
        if (payload.Length > FunctionSettings.MaximumPayload)
        {
            await HttpAnswer.RefuseAsync(context.Response, StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large");
            return;
        }
        using var patience = new CancellationTokenSource(IntegrationTimeout, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, patience.Token);
        try
        {
            var result = await call.Route.Function.InvokeAsync("http", payload, cancellationToken: waiting.Token);
            if (LambdaFailure.IsThrottled(result))
                await HttpAnswer.RefuseAsync(context.Response, StatusCodes.Status503ServiceUnavailable, "Service Unavailable");
            else
                await HttpAnswer.WriteAsync(context.Response, result, call.Api.Cors is null);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            await HttpAnswer.RefuseAsync(context.Response, StatusCodes.Status503ServiceUnavailable, "Service Unavailable");
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }

    private HttpApi? Find(HttpRequest request) =>
        _apis.GetValueOrDefault(request.Host.Host.Split('.')[0]) ?? (_apis.Count == 1 ? _apis.Values.Single() : null);
}
