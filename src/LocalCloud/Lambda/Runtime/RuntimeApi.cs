using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using LocalCloud.Templates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalCloud.Lambda.Runtime;

/// <summary>Lambda's Runtime API on a loopback port of its own: each process has its own path, so a request tells whose it is.</summary>
internal sealed class RuntimeApi : IAsyncDisposable
{
    private const string Process = "/_lambda/{process}/2018-06-01/runtime";

    private readonly ConcurrentDictionary<string, (FunctionProcess Process, FunctionSettings Function)> _processes = new();
    private readonly WebApplication _server;

    public RuntimeApi()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null; // Read with a bound of our own, so that the function hears why.
            kestrel.Limits.MinRequestBodyDataRate = null; // A process that is being debugged is slow.
        });
        _server = builder.Build();
        _server.UseRouting();
        _server.MapGet($"{Process}/invocation/next", NextAsync);
        _server.MapPost($"{Process}/invocation/{{request}}/response", context => AnswerAsync(context, failed: false));
        _server.MapPost($"{Process}/invocation/{{request}}/error", context => AnswerAsync(context, failed: true));
        _server.MapPost($"{Process}/init/error", InitErrorAsync);
    }

    /// <summary>Host and port, as in <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string Address => new Uri(_server.Urls.Single()).Authority;

    /// <summary>Further paths of this server, such as those where custom resources answer.</summary>
    public WebApplication Server => _server;

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    /// <summary>Opens a process's path, which closes when the process ends.</summary>
    /// <returns>Its <c>AWS_LAMBDA_RUNTIME_API</c>.</returns>
    public string Open(string id, FunctionProcess process, FunctionSettings function)
    {
        _processes[id] = (process, function);
        _ = process.Ended.ContinueWith(_ => Close(id), TaskScheduler.Default);
        return $"{Address}/_lambda/{id}";
    }

    public void Close(string id) => _processes.TryRemove(id, out _);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
    }

    private async Task NextAsync(HttpContext context)
    {
        if (Find(context) is not var (process, function))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "Runtime.UnknownProcess", "This process is not known here.");
            return;
        }
        if (process.NextAsync(context.RequestAborted) is not { } next)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "InvalidStateTransition", "The previous event has not been answered.");
            return;
        }
        Assignment assignment;
        try
        {
            assignment = await next;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = assignment.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = (DateTimeOffset.UtcNow + function.Timeout).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = function.Arn;
        headers["Lambda-Runtime-Trace-Id"] = assignment.TraceId;
        if (assignment.ClientContext is { } clientContext)
            headers["Lambda-Runtime-Client-Context"] = clientContext;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = assignment.Payload.Length;
        await context.Response.Body.WriteAsync(assignment.Payload, context.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext context, bool failed)
    {
        var request = (string)context.Request.RouteValues["request"]!;
        var body = await Body.ReadAsync(context.Request, FunctionSettings.MaximumPayload);
        if (Find(context)?.Process.TakeAnswered(request) is not { } assignment)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "InvalidRequestID", "This process does not work on such an event.");
            return;
        }
        if (body is not { } answer)
        {
            assignment.Complete(LambdaFailure.ResponseTooLarge(request));
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, "Function.ResponseSizeTooLarge", "A response may have 6 MB.");
            return;
        }
        // The function hears of it first: when its caller goes on, it is on its way to the next event. One that has died by now has answered all the same.
        try
        {
            await AcceptAsync(context);
        }
        finally
        {
            assignment.Complete(failed
                ? LambdaFailure.Reported(request, answer, context.Request.Headers["Lambda-Runtime-Function-Error-Type"])
                : new InvocationResult(request, answer, null));
        }
    }

    private async Task InitErrorAsync(HttpContext context)
    {
        var body = await Body.ReadAsync(context.Request, FunctionSettings.MaximumPayload);
        await AcceptAsync(context);
        Find(context)?.Process.FailInit(LambdaFailure.Reported("", body ?? default, context.Request.Headers["Lambda-Runtime-Function-Error-Type"]).Error!);
    }

    private (FunctionProcess Process, FunctionSettings Function)? Find(HttpContext context) =>
        _processes.TryGetValue((string)context.Request.RouteValues["process"]!, out var found) ? found : null;

    private static Task AcceptAsync(HttpContext context) => RespondAsync(context, StatusCodes.Status202Accepted, """{"status":"OK"}""");

    private static Task RefuseAsync(HttpContext context, int status, string errorType, string message) =>
        RespondAsync(context, status, $$"""{"errorType":"{{errorType}}","errorMessage":"{{message}}"}""");

    private static async Task RespondAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body, context.RequestAborted);
        await context.Response.CompleteAsync();
    }

    /// <summary>Ctrl+C is for the one who owns this server to handle: it must outlive the functions.</summary>
    private sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
