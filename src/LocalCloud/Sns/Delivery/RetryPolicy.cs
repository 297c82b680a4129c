using System.Text.Json.Nodes;

namespace LocalCloud.Sns.Delivery;

/// <summary>How often and after which delays an HTTP delivery is tried again: the healthyRetryPolicy of a delivery policy.</summary>
/// <param name="Retries">0 to 100.</param>
/// <param name="MinDelay">Seconds, at least 1.</param>
/// <param name="MaxDelay">Seconds, at most 3,600.</param>
/// <param name="NoDelayRetries">Retries at once, first of all.</param>
/// <param name="MinDelayRetries">Retries after the shortest delay, before the backoff.</param>
/// <param name="MaxDelayRetries">Retries after the longest delay, after the backoff.</param>
/// <param name="Backoff"><c>linear</c>, <c>arithmetic</c>, <c>geometric</c> or <c>exponential</c>.</param>
internal sealed record RetryPolicy(
    int Retries = 3, int MinDelay = 20, int MaxDelay = 20, int NoDelayRetries = 0, int MinDelayRetries = 0, int MaxDelayRetries = 0, string Backoff = "linear")
{
    private const double LongestInAll = 3600;

    public static RetryPolicy Default { get; } = new();

    /// <summary>The delay after attempt number <paramref name="attempt"/>, counted from 0.</summary>
    public TimeSpan DelayBefore(int attempt)
    {
        var step = attempt - NoDelayRetries - MinDelayRetries;
        var steps = Retries - NoDelayRetries - MinDelayRetries - MaxDelayRetries;
        return TimeSpan.FromSeconds(attempt < NoDelayRetries ? 0 : step < 0 ? MinDelay : step >= steps ? MaxDelay : Grow(step, steps - 1));
    }

    public JsonObject ToJson() => new()
    {
        ["minDelayTarget"] = MinDelay,
        ["maxDelayTarget"] = MaxDelay,
        ["numRetries"] = Retries,
        ["numMaxDelayRetries"] = MaxDelayRetries,
        ["numNoDelayRetries"] = NoDelayRetries,
        ["numMinDelayRetries"] = MinDelayRetries,
        ["backoffFunction"] = Backoff,
    };

    /// <exception cref="Http.ServiceException">A member is out of range, or the delays add up to more than an hour.</exception>
    public static RetryPolicy Read(JsonObject policy)
    {
        var read = new RetryPolicy(
            DeliveryPolicy.Number(policy, "numRetries", 0, 100) ?? Default.Retries,
            DeliveryPolicy.Number(policy, "minDelayTarget", 1, 3600) ?? Default.MinDelay,
            DeliveryPolicy.Number(policy, "maxDelayTarget", 1, 3600) ?? Default.MaxDelay,
            DeliveryPolicy.Number(policy, "numNoDelayRetries", 0, 100) ?? 0,
            DeliveryPolicy.Number(policy, "numMinDelayRetries", 0, 100) ?? 0,
            DeliveryPolicy.Number(policy, "numMaxDelayRetries", 0, 100) ?? 0,
            DeliveryPolicy.Text(policy, "backoffFunction") ?? Default.Backoff);
        return read.MaxDelay < read.MinDelay ? throw DeliveryPolicy.Invalid("minDelayTarget must not be greater than maxDelayTarget")
            : read.NoDelayRetries + read.MinDelayRetries + read.MaxDelayRetries > read.Retries
            ? throw DeliveryPolicy.Invalid("numNoDelayRetries, numMinDelayRetries and numMaxDelayRetries together must not be more than numRetries")
            : read.Backoff is not ("linear" or "arithmetic" or "geometric" or "exponential")
            ? throw DeliveryPolicy.Invalid("backoffFunction must be linear, arithmetic, geometric or exponential")
            : Enumerable.Range(0, read.Retries).Sum(attempt => read.DelayBefore(attempt).TotalSeconds) > LongestInAll
            ? throw DeliveryPolicy.Invalid($"the total policy retry time must not be greater than {LongestInAll} seconds")
            : read;
    }

    // From the shortest delay to the longest: in equal steps, in steps that grow evenly, by an equal factor, in steps that double.
    private double Grow(int step, int last)
    {
        var progress = last == 0 ? 0 : (double)step / last;
        var range = MaxDelay - MinDelay;
        return Backoff switch
        {
            "arithmetic" => MinDelay + (last == 0 ? 0 : range * (step * (step + 1d)) / (last * (last + 1d))),
            "geometric" => MinDelay * Math.Pow((double)MaxDelay / MinDelay, progress),
            "exponential" => MinDelay + (last == 0 ? 0 : range * (Math.Pow(2, step) - 1) / (Math.Pow(2, last) - 1)),
            _ => MinDelay + (range * progress),
        };
    }
}
