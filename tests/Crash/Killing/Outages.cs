using Crash.Processes;

namespace Crash.Killing;

/// <summary>Restarts PostgreSQL every 20 to 40 deaths: killed outright, or by its own immediate shutdown.</summary>
internal sealed class Outages(CrashingPostgres postgres, int seed, Deaths deaths)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly Random _random = new(seed);
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _all = [];
    private int _next = 10;

    /// <summary>When it was away.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> All => _all;

    /// <summary>Works until the round has all its deaths.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!deaths.IsRoundOver)
        {
            await Task.Delay(Look, stop);
            if (deaths.Count < _next)
                continue;
            _next = deaths.Count + _random.Next(20, 41);
            var from = DateTimeOffset.UtcNow;
            await postgres.RestartAsync(_random.Next(2) == 0 ? "KILL" : "QUIT", stop);
            _all.Add((from, DateTimeOffset.UtcNow));
        }
    }
}
