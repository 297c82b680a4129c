using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace EndToEnd.Tests;

/// <summary>Local, started as a user starts it: <c>dotnet run --project src/Local</c>, on ports that are free.</summary>
public sealed class LocalProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _printed = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalProcess(ProcessStartInfo start)
    {
        _process = new() { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                _printed.Enqueue(line.Data);
            Read(line.Data);
        };
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _ended.TrySetResult();
    }

    public static string Root { get; } = FindRoot();

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public Uri Address => _ready.Task.Result;

    /// <summary>The endpoint of the services, which the line before the last names.</summary>
    public Uri CloudAddress => new(_output.Single(line => line.StartsWith("Up in ", StringComparison.Ordinal)).Split("SQS, SNS: ")[1].Split(' ')[0]);

    public string LastLine => _output.LastOrDefault() ?? "";

    /// <summary>What it printed, without what it logged.</summary>
    public string StandardOutput => string.Join(Environment.NewLine, _printed);

    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>Starts it and waits until it is ready.</summary>
    public static Task<LocalProcess> StartAsync(params IEnumerable<string> arguments) => StartAsync(null, arguments);

    /// <summary>The same, with a folder for its temporary files.</summary>
    public static Task<LocalProcess> StartInAsync(string temporary, params IEnumerable<string> arguments) =>
        StartAsync(start => start.Environment["TMPDIR"] = temporary, arguments);

    /// <summary>The same, with a variable of its own.</summary>
    public static Task<LocalProcess> StartWithAsync(string variable, string value, params IEnumerable<string> arguments) =>
        StartAsync(start => start.Environment[variable] = value, arguments);

    private static async Task<LocalProcess> StartAsync(Action<ProcessStartInfo>? change, IEnumerable<string> arguments)
    {
        var local = Launch(change, ["--port", "0", "--cloud-port", "0", .. arguments]);
        await Task.WhenAny(local._ready.Task, local._ended.Task).WaitAsync(Patience);
        return local._ready.Task.IsCompletedSuccessfully ? local : throw new InvalidOperationException(local.Output);
    }

    /// <summary>Starts it and waits until it gives up.</summary>
    public static async Task<LocalProcess> FailAsync(Action<ProcessStartInfo>? change, params IEnumerable<string> arguments)
    {
        var local = Launch(change, arguments);
        await local._process.WaitForExitAsync().WaitAsync(Patience);
        return local;
    }

    /// <summary>Sends a signal and waits for the end. INT goes to every process at once, as Ctrl-C in a terminal does.</summary>
    public async Task StopAsync(string signal)
    {
        var processes = signal == "INT" ? Descendants() : [];
        foreach (var process in processes.Prepend(_process.Id))
            await SignalAsync(process, signal);
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    public static async Task SignalAsync(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The processes below this one whose command line holds a text.</summary>
    public IReadOnlyList<int> Descendants(string commandLine = "") =>
        [.. ProcessTree.Below(_process.Id).Where(p => p.CommandLine.Contains(commandLine, StringComparison.Ordinal)).Select(p => p.Id)];

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await StopAsync("TERM");
        _process.Dispose();
    }

    private static LocalProcess Launch(Action<ProcessStartInfo>? change, IEnumerable<string> arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var start = new ProcessStartInfo(
            "dotnet", ["run", "--no-build", "-c", configuration, "--project", Path.Combine(Root, "src", "Local"), "--", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        change?.Invoke(start);
        var local = new LocalProcess(start);
        local._process.Start();
        local._process.BeginOutputReadLine();
        local._process.BeginErrorReadLine();
        return local;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Serverless.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("No Serverless.sln above the tests.");
        return folder.FullName;
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        while (_output.Count > 2_000)
            _output.TryDequeue(out _);
        if (line.StartsWith("Ready: ", StringComparison.Ordinal))
            _ready.TrySetResult(new(line["Ready: ".Length..]));
    }
}
