using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aws.Tests.Loopback;

/// <summary>A real HTTP server on a free port of this machine, which records what it is asked.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    public ConcurrentQueue<Recorded> Requests { get; } = [];

    public Recorded Only => Assert.Single(Requests);

    /// <summary>Answers every request by this.</summary>
    public static async Task<LoopbackServer> StartAsync(Func<Recorded, int, Answer> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new LoopbackServer(app);
        app.Run(context => server.AnswerAsync(context, answer));
        await app.StartAsync(TestContext.Current.CancellationToken);
        server.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return server;
    }

    /// <summary>Gives these answers, one after the other, and the last one for ever.</summary>
    public static Task<LoopbackServer> StartAsync(params Answer[] answers) =>
        StartAsync((_, number) => answers[Math.Min(number, answers.Length) - 1]);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, Func<Recorded, int, Answer> answer)
    {
        using var reader = new StreamReader(context.Request.Body);
        var recorded = new Recorded(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString.ToString(),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(context.RequestAborted));
        Requests.Enqueue(recorded);
        var reply = answer(recorded, Requests.Count);
        if (reply.Until is { } until)
            await until.WaitAsync(context.RequestAborted);
        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers ?? [])
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(reply.Body, context.RequestAborted);
    }
}

internal sealed record Recorded(string Method, string Target, Dictionary<string, string> Headers, string Body);

internal sealed record Answer(int Status, string Body = "", Dictionary<string, string>? Headers = null, Task? Until = null);
