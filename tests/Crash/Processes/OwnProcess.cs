using System.Diagnostics;

namespace Crash.Processes;

/// <summary>A process of this program, started again each time it ends, until it is disposed.</summary>
internal sealed class OwnProcess : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly string _command;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly Action<string> _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    /// <param name="command">The command of this program.</param>
    /// <param name="environment">Its variables.</param>
    /// <param name="log">Gets what it prints.</param>
    public OwnProcess(string command, IReadOnlyDictionary<string, string> environment, Action<string> log)
    {
        (_command, _environment, _log) = (command, environment, log);
        _running = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            using var process = Start();
            try
            {
                await process.WaitForExitAsync(_stopping.Token);
                await Task.Delay(Pause, _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(OwnProcess).Assembly.Location, _command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += Print;
        process.ErrorDataReceived += Print;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Print(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
            _log($"{_command}: {text}");
    }
}
