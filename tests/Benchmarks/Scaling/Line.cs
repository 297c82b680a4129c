namespace Benchmarks.Scaling;

/// <summary>Bookings that wait to be decided, in the order in which they came.</summary>
internal sealed class Line
{
    private readonly Queue<(TimeSpan Since, double Count)> _behind = [];
    private (TimeSpan Since, double Count) _first;

    /// <summary>How many there are.</summary>
    public double Count { get; private set; }

    public void Add(double count, TimeSpan now)
    {
        _behind.Enqueue((now, count));
        Count += count;
    }

    /// <summary>Takes the oldest, as many as the database decides. Those whose guests have gone cost as much, and count for nothing.</summary>
    /// <returns>How many were in time and how many too late, and how long the last of them had waited.</returns>
    public (double InTime, double Late, TimeSpan Delay) Take(double count, TimeSpan now, TimeSpan patience)
    {
        var (inTime, late, delay) = (0.0, 0.0, TimeSpan.Zero);
        count = Math.Min(count, Count);
        Count -= count;
        while (count > 0 && (_first.Count > 0 || _behind.TryDequeue(out _first)))
        {
            var taken = Math.Min(count, _first.Count);
            (count, _first.Count) = (count - taken, _first.Count - taken);
            delay = now - _first.Since;
            if (delay <= patience)
                inTime += taken;
            else
                late += taken;
        }

        return (inTime, late, delay);
    }
}
