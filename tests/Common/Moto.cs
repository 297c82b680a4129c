using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Xml.Linq;

namespace Tests.Common;

/// <summary>Moto, somebody else's emulator of AWS, as a process of its own.</summary>
internal sealed class Moto(Process process, Uri address) : IAsyncDisposable
{
    public HttpClient Http { get; } = new() { BaseAddress = address };

    public Uri Address => address;

    /// <summary>Starts it, or skips the test where it is not installed.</summary>
    public static async Task<Moto> StartAsync()
    {
        using (var probe = Process.Start(new ProcessStartInfo("sh", ["-c", "python3 -c 'import moto.server'"]) { RedirectStandardError = true })!)
        {
            await probe.WaitForExitAsync();
            Assert.SkipUnless(probe.ExitCode == 0, "moto is not installed: pip install 'moto[server]' runs this test.");
        }

        var port = FreePort();
        var process = Process.Start(
            new ProcessStartInfo("python3", ["-m", "moto.server", "-p", $"{port}"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var moto = new Moto(process, new($"http://127.0.0.1:{port}"));
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await moto.AnswersAsync(deadline.Token))
            await Task.Delay(100, deadline.Token);
        return moto;
    }

    /// <summary>Calls an operation of a service that speaks AWS's Query protocol.</summary>
    /// <returns>The answer's values by the names of their elements, in the order of the document.</returns>
    /// <exception cref="HttpRequestException">It refused; its words are in the message.</exception>
    public async Task<ILookup<string, string>> CallAsync(string service, string action, params IEnumerable<(string Name, string Value)> parameters)
    {
        var form = parameters.Select(p => KeyValuePair.Create(p.Name, p.Value)).Append(new("Action", action));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new FormUrlEncodedContent(form) };
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=test/20270101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=00");
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{service} {action}: {(int)response.StatusCode} {text}");
        return XDocument.Parse(text).Descendants().Where(e => !e.HasElements).ToLookup(e => e.Name.LocalName, e => e.Value);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync("/moto-api/", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
