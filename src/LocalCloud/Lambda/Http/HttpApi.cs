using LocalCloud.Lambda.Runtime;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Lambda.Http;

/// <summary>
/// An HTTP API of API Gateway in front of functions, payload format 2.0. Authorizers are not asked: whoever reaches a laptop's loopback is its owner.
/// </summary>
internal sealed class HttpApi(TimeProvider time)
{
    /// <summary>API Gateway's limit for a request, in bytes.</summary>
    private const int MaximumRequest = 10 * 1024 * 1024;

    /// <summary>API Gateway waits this long for an integration.</summary>
    private static readonly TimeSpan IntegrationTimeout = TimeSpan.FromSeconds(30);

    private readonly List<HttpRoute> _routes = [];

    public void Add(HttpRoute route)
    {
        _routes.Add(route);
        _routes.Sort((one, other) => one.Key.CompareTo(other.Key));
    }

    public async Task HandleAsync(HttpContext context)
    {
        if (Find(context.Request) is not var (route, parameters))
        {
            await HttpAnswer.RefuseAsync(context.Response, StatusCodes.Status404NotFound, "Not Found");
            return;
        }
        if (!route.MayInvoke(context.Request.Method.ToUpperInvariant()))
        {
            await HttpAnswer.RefuseAsync(context.Response, StatusCodes.Status500InternalServerError, "Internal Server Error");
            return;
        }
        if (await Body.ReadAsync(context.Request, MaximumRequest) is not { } body)
        {
            await HttpAnswer.RefuseAsync(context.Response, StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large");
            return;
        }
        var payload = HttpEvent.Write(context, route, parameters, body.Span, time.GetUtcNow());
        if (payload.Length > FunctionSettings.MaximumPayload)
        {
            await HttpAnswer.RefuseAsync(context.Response, StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large");
            return;
        }
        using var patience = new CancellationTokenSource(IntegrationTimeout, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, patience.Token);
        try
        {
            var result = await route.Function.InvokeAsync("http", payload, cancellationToken: waiting.Token);
            if (result.Error?.StartsWith(LambdaFailure.ThrottlingError, StringComparison.Ordinal) == true)
                await HttpAnswer.RefuseAsync(context.Response, StatusCodes.Status503ServiceUnavailable, "Service Unavailable");
            else
                await HttpAnswer.WriteAsync(context.Response, result);
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

    private (HttpRoute Route, Dictionary<string, string> Parameters)? Find(HttpRequest request)
    {
        foreach (var route in _routes)
        {
            if (route.Key.Matches(request.Method.ToUpperInvariant(), HttpEvent.Path(request), out var parameters))
                return (route, parameters);
        }
        return null;
    }
}
