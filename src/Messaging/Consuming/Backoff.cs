namespace Messaging.Consuming;

/// <summary>Exponential backoff with full jitter: spreads what failed together, so that it does not come back together.</summary>
/// <seealso href="https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/"/>
public static class Backoff
{
    /// <summary>SQS hides a message for 12 hours at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>The time to wait before the next try.</summary>
    /// <param name="attempts">Tries so far, from 1.</param>
    /// <param name="first">The upper bound after the first try; it doubles with every further one, up to <see cref="Longest"/>.</param>
    /// <param name="random">Uniform in [0, 1).</param>
    /// <returns>Between zero and the bound.</returns>
    public static TimeSpan Next(int attempts, TimeSpan first, double random)
    {
        var bound = Math.Min(Longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Clamp(attempts - 1, 0, 30)));
        return TimeSpan.FromSeconds(bound * random);
    }

    internal static TimeSpan Next(int attempts, TimeSpan first) => Next(attempts, first, Random.Shared.NextDouble());
}
