using System.Globalization;
using System.Net;
using Amazon.Runtime;

namespace Aws.Http;

/// <summary>AWS's standard retries: 3 attempts unless AWS_MAX_ATTEMPTS or <c>MaxErrorRetry</c> says otherwise, exponential backoff with full jitter.</summary>
internal sealed class RetryPolicy
{
    private static readonly TimeSpan _transientBase = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _throttledBase = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(20);

    public RetryPolicy(ClientConfig config)
    {
        if (config.IsMaxErrorRetrySet)
            MaxAttempts = config.MaxErrorRetry + 1;
        else if (int.TryParse(Environment.GetEnvironmentVariable("AWS_MAX_ATTEMPTS"), CultureInfo.InvariantCulture, out var attempts) && attempts > 0)
            MaxAttempts = attempts;
    }

    public int MaxAttempts { get; } = 3;

    public static bool IsThrottled(HttpStatusCode status, string code) => status == HttpStatusCode.TooManyRequests || code is
        "Throttling" or "ThrottlingException" or "Throttled" or "ThrottledException" or "RequestThrottled" or "RequestThrottledException" or
        "TooManyRequestsException" or "RequestLimitExceeded" or "KmsThrottled" or "KMSThrottling" or "SlowDown";

    public static bool IsTransient(HttpStatusCode status, string code) => (int)status is 500 or 502 or 503 or 504 || code is
        "InternalError" or "InternalFailure" or "ServiceUnavailable" or "RequestTimeout" or "RequestTimeoutException";

    /// <summary>The wait after an attempt, counted from 1: anything up to twice as long each time, 20 s at most.</summary>
    public static TimeSpan Backoff(int attempt, bool throttled)
    {
        var ceiling = (throttled ? _throttledBase : _transientBase) * Math.Pow(2, Math.Min(attempt - 1, 16));

        // In whole milliseconds, as timers count: less than one would be no wait at all.
        var wait = (ceiling < _longest ? ceiling : _longest) * Random.Shared.NextDouble();
        return TimeSpan.FromMilliseconds(Math.Floor(wait.TotalMilliseconds) + 1);
    }
}
