namespace LocalCloud.Lambda.Queues;

/// <summary>Pauses between attempts that fail: doubling from 100 ms to 10 s, each a random half to whole of that.</summary>
internal static class Backoff
{
    public static TimeSpan Pause(int failures)
    {
        var longest = Math.Min(10_000, 100 * Math.Pow(2, Math.Min(failures, 10)));
        return TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
