namespace Benchmarks.Scaling;

/// <summary>A campaign meets the database, in steps of a tenth of a second.</summary>
internal static class Spike
{
    /// <summary>How many of those who get an error try again, and after how long.</summary>
    public const double TryAgain = 0.8;
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.1);

    /// <summary>Bookings wait in the queue, which has room for all of them; no more than <paramref name="pace"/> are in the database at a time.</summary>
    public static IReadOnlyList<Moment> WithQueue(Campaign campaign, Database database, int pace) => Run(campaign, database, pace, double.MaxValue, TimeSpan.MaxValue);

    /// <summary>
    /// Every request goes to the database at once, and Lambda refuses those beyond its concurrency. The API gives up after its timeout; the database does
    /// not hear of that and finishes what nobody waits for.
    /// </summary>
    public static IReadOnlyList<Moment> WithoutQueue(Campaign campaign, Database database, int concurrency, TimeSpan timeout) =>
        Run(campaign, database, concurrency, concurrency, timeout);

    private static List<Moment> Run(Campaign campaign, Database database, int mostInside, double room, TimeSpan patience)
    {
        var moments = new List<Moment>();
        var line = new Line();
        var returning = new Queue<(TimeSpan At, double Count)>();
        for (var now = TimeSpan.Zero; now < campaign.End; now += Step)
        {
            var arriving = campaign.RateAt(now) * Step.TotalSeconds;
            while (returning.TryPeek(out var back) && back.At <= now)
                arriving += returning.Dequeue().Count;
            var refused = Math.Max(0, line.Count + arriving - room);
            line.Add(arriving - refused, now);

            var (decided, late, delay) = line.Take(database.Throughput(Math.Min(line.Count, mostInside)) * Step.TotalSeconds, now, patience);
            returning.Enqueue((now + TryAgainAfter, (refused + late) * TryAgain));
            moments.Add(new(now, line.Count, delay.TotalSeconds, decided / Step.TotalSeconds, (refused + late) / Step.TotalSeconds));
        }

        return moments;
    }
}
