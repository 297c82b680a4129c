using Benchmarks.Outbox.Latency;
using Benchmarks.Outbox.Relay;
using Benchmarks.Outbox.Space;

namespace Benchmarks.Outbox;

/// <summary>The outbox on a real PostgreSQL that is started for the run, with the durability of one in production.</summary>
internal static class OutboxBenchmark
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var names = arguments.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var settings = OutboxSettings.Read(arguments.AsSpan(names.Length));
        foreach (var name in names is [] ? ["relay", "latency"] : names)
        {
            await (name switch
            {
                "relay" => RelayBenchmark.RunAsync(settings),
                "latency" => LatencyBenchmark.RunAsync(settings),
                "space" => SpaceBenchmark.RunAsync(settings),
                _ => throw new ArgumentException($"There is no benchmark {name} of the outbox, only relay, latency and space."),
            });
        }

        return 0;
    }
}
