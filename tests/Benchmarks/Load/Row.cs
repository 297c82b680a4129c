using System.Diagnostics;

namespace Benchmarks.Load;

/// <summary>What one row measured.</summary>
/// <param name="Name">What it measured.</param>
/// <param name="PerSecond">Messages a second.</param>
/// <param name="P50">Milliseconds of a round.</param>
/// <param name="P99">Milliseconds of a round.</param>
internal sealed record Row(string Name, double PerSecond, double P50, double P99)
{
    /// <summary>Runs rounds on so many connections for so many seconds, or until one of them finds nothing more to do.</summary>
    public static Row Measure(string name, Uri endpoint, int connections, double seconds, Round round)
    {
        var clients = Enumerable.Range(0, connections).Select(_ => new Connection(endpoint)).ToArray();
        var counts = new long[connections];
        var times = new List<double>[connections];
        Exception? failure = null;
        var start = Stopwatch.GetTimestamp();
        var threads = clients.Select((client, i) => new Thread(() =>
        {
            try
            {
                (counts[i], times[i]) = Run(client, i, start, seconds, round);
            }
            catch (Exception e) when (e is InvalidOperationException or System.Net.Sockets.SocketException)
            {
                failure = e;
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Array.ForEach(clients, client => client.Dispose());
        if (failure is not null)
        {
            throw new InvalidOperationException($"{name}: {failure.Message}", failure);
        }

        var all = times.SelectMany(list => list).Order().ToArray();
        return new Row(name, counts.Sum() / elapsed, all[all.Length / 2], all[(int)(all.Length * 0.99)]);
    }

    private static (long Count, List<double> Times) Run(Connection connection, int client, long start, double seconds, Round round)
    {
        long count = 0;
        List<double> times = new(100_000);
        for (var i = 0; Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; i++)
        {
            var before = Stopwatch.GetTimestamp();
            var moved = round(connection, client, i);
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            count += moved;
            if (moved == 0)
            {
                break;
            }
        }

        return (count, times);
    }
}
