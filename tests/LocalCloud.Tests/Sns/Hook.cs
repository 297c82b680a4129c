using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace LocalCloud.Tests.Sns;

/// <summary>An HTTP endpoint that a topic can post to.</summary>
internal sealed class Hook(WebApplication app) : IAsyncDisposable
{
    private readonly Channel<(string Type, string Body)> _requests = Channel.CreateUnbounded<(string Type, string Body)>();

    public int Status { get; set; } = 200;

    public string Url => app.Urls.Single() + "/hook";

    public static async Task<Hook> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var hook = new Hook(builder.Build());
        await hook.RunAsync();
        return hook;
    }

    public async Task<(string Type, string Body)> NextAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await _requests.Reader.ReadAsync(deadline.Token);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task RunAsync()
    {
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            http.Response.StatusCode = Status;
            await _requests.Writer.WriteAsync((http.Request.Headers["x-amz-sns-message-type"].ToString(), await reader.ReadToEndAsync()));
        });
        return app.StartAsync();
    }
}
