using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace LocalCloud.Tests.Sns;

/// <summary>An HTTP endpoint that keeps what it gets and answers as it is told.</summary>
internal sealed class Hook(WebApplication app) : IAsyncDisposable
{
    private readonly Channel<Request> _requests = Channel.CreateUnbounded<Request>();

    public int Status { get; set; } = 200;

    /// <summary>The Authorization header that it wants, if any.</summary>
    public string? Password { get; set; }

    public string Url => app.Urls.Single() + "/hook";

    public int Waiting => _requests.Reader.Count;

    public static async Task<Hook> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var hook = new Hook(builder.Build());
        await hook.RunAsync();
        return hook;
    }

    public async Task<Request> NextAsync()
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
            if (Password is not null && http.Request.Headers.Authorization != Password)
            {
                http.Response.StatusCode = 401;
                http.Response.Headers.WWWAuthenticate = "Basic realm=\"hook\"";
            }

            var headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            await _requests.Writer.WriteAsync(new Request(headers.GetValueOrDefault("x-amz-sns-message-type", ""), await reader.ReadToEndAsync(), headers));
        });
        return app.StartAsync();
    }

    internal sealed record Request(string Type, string Body, Dictionary<string, string> Headers);
}
