using Local.Observation;
using LocalCloud.Templates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Local.Web;

/// <summary>The HTTP API of the stacks, with what only Local has beside it: the page and the look behind the scenes.</summary>
internal sealed class FrontDoor : IAsyncDisposable
{
    private readonly WebApplication _web;
    private PartnerApi? _partner;
    private Observatory? _observatory;
    private FunctionDoor? _functions;
    private RequestDelegate _api = NotYetAsync;

    private FrontDoor(WebApplication web)
    {
        _web = web;
    }

    /// <summary>As in <c>http://127.0.0.1:8080</c>, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Listens. Until <see cref="Use(Deployment, Observatory)"/> is called, it answers 503.</summary>
    /// <exception cref="CannotStartException">The port is in use.</exception>
    public static async Task<FrontDoor> OpenAsync(int port, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(logs);
        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Listen(LocalOptions.Address, port);
        });
        var front = new FrontDoor(builder.Build());
        front.MapRoutes();
        try
        {
            await front._web.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            await front.DisposeAsync();
            throw new CannotStartException($"Port {port} is in use: end what listens there, or choose another with --port.", e);
        }

        front.Address = front._web.Urls.First();
        return front;
    }

    /// <summary>Lets the partner's API answer.</summary>
    public void Use(PartnerApi partner) => _partner = partner;

    /// <summary>Lets the HTTP API and the functions answer.</summary>
    public void Use(Deployment deployment, Observatory observatory)
    {
        (_observatory, _functions) = (observatory, new FunctionDoor(deployment));
        _api = deployment.HttpApi;
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _web.StopAsync(patience.Token);
        await _web.DisposeAsync();
    }

    private void MapRoutes()
    {
        _web.MapGet("/", Page.WriteAsync);
        _web.MapGet("/local/bookings/{id}", ReportAsync);
        _web.MapGet("/local/bookings/{id}/invoice", InvoiceAsync);
        _web.MapPut("/local/partner/stays/{id}", context => _partner is { } partner ? partner.HandleAsync(context) : NotYetAsync(context));
        _web.MapGet("/local/functions", context => _functions is { } functions ? functions.ListAsync(context) : NotYetAsync(context));
        _web.MapPost("/local/functions/{name}/invocations", context => _functions is { } functions ? functions.InvokeAsync(context) : NotYetAsync(context));
        _web.MapFallback(context => _api(context));
    }

    private async Task ReportAsync(HttpContext context)
    {
        if (_observatory is not { } observatory)
        {
            await NotYetAsync(context);
            return;
        }

        var report = Guid.TryParse(context.Request.RouteValues["id"] as string, out var id) ? await observatory.FindAsync(id, context.RequestAborted) : null;
        if (report is null)
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await context.Response.WriteAsJsonAsync(report, ReportJson.Default.BookingReport);
    }

    private Task InvoiceAsync(HttpContext context)
    {
        if (_observatory is not { } observatory)
            return NotYetAsync(context);
        if (Guid.TryParse(context.Request.RouteValues["id"] as string, out var id))
            return observatory.WriteInvoiceAsync(id, context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task NotYetAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync("Starting. Wait for the line that says Ready.\n");
    }
}
