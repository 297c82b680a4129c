using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>A server in a process of its own that says <c>Ready: URL</c> when it listens.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri endpoint, TimeSpan ready) => (_process, Endpoint, Ready) = (process, endpoint, ready);

    public Uri Endpoint { get; }

    /// <summary>From the start of the process until it said that it is ready.</summary>
    public TimeSpan Ready { get; }

    public static ServerProcess Start(string assembly, params string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        var info = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(info)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith("Ready: ", StringComparison.Ordinal))
            {
                return new ServerProcess(process, new Uri(line["Ready: ".Length..]), Stopwatch.GetElapsedTime(start));
            }
        }

        throw new InvalidOperationException($"{assembly} ended before it was ready.");
    }

    /// <summary>Resident and proportional memory in MB; null where there is no /proc.</summary>
    public (double Rss, double Pss)? Memory()
    {
        var rollup = $"/proc/{_process.Id}/smaps_rollup";
        if (!File.Exists(rollup))
        {
            return null;
        }

        var lines = File.ReadAllLines(rollup);
        return (Value("Rss:"), Value("Pss:"));

        double Value(string name) => double.Parse(
            lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Processor seconds that the server has used.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
