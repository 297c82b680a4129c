using System.Diagnostics;
using System.Text.Json.Nodes;
using Tests.Common;

namespace EndToEnd.Tests;

/// <summary>LocalCloud alone, as a process of its own that persists to a folder.</summary>
internal sealed class CloudProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Process _process;
    private readonly HttpClient _http = new();

    private CloudProcess(Process process, Uri endpoint) => (_process, Endpoint) = (process, endpoint);

    public Uri Endpoint { get; }

    public static async Task<CloudProcess> StartAsync(string folder)
    {
        var process = Launch(folder);
        using var deadline = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
            if (line.StartsWith("Ready: ", StringComparison.Ordinal))
                return new(process, new(line["Ready: ".Length..]));
        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(deadline.Token));
    }

    /// <summary>Starts it and waits until it gives up.</summary>
    public static async Task<(int ExitCode, string Error)> FailAsync(string folder)
    {
        using var process = Launch(folder);
        using var deadline = new CancellationTokenSource(Patience);
        var error = await process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, error.Trim());
    }

    /// <summary>An SQS operation; one that fails, or gets no answer, throws.</summary>
    public async Task<JsonNode> SqsAsync(string action, JsonObject input)
    {
        var answer = await RawSqs.CallAsync(_http, Endpoint, action, input, CancellationToken.None);
        return answer["__type"] is null ? answer : throw new InvalidOperationException(answer.ToJsonString());
    }

    public async Task<string> CreateQueueAsync(string name, JsonObject? attributes = null) =>
        (string)(await SqsAsync("CreateQueue", new() { ["QueueName"] = name, ["Attributes"] = attributes ?? [] }))["QueueUrl"]!;

    /// <summary>kill -9: nothing of the process runs any more, least of all its own clean-up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        _http.Dispose();
    }

    private static Process Launch(string folder)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var local = Path.Combine(LocalProcess.Root, "artifacts", "bin", "Local", configuration, "Local.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [local, "cloud", "--port", "0", "--persist", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
