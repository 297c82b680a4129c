namespace Messaging.Consuming;

/// <summary>Reads when an HTTP server wants to be asked again.</summary>
public static class HttpResponseExtensions
{
    /// <summary>The <c>Retry-After</c> of a response, in seconds or as a date: what <see cref="Verdict.Retry"/> takes.</summary>
    /// <param name="response">The response.</param>
    /// <param name="time">The clock that dates are compared with.</param>
    /// <returns>
    /// Above zero and at most 12 hours. Null where the response does not say, or names no time to come: then the backoff decides, for one that is
    /// asked again at once would use the message's attempts up in a second.
    /// </returns>
    public static TimeSpan? RetryAfter(this HttpResponseMessage response, TimeProvider time)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => TimeSpan.Zero,
        };
        return wait > Backoff.Longest ? Backoff.Longest : wait > TimeSpan.Zero ? wait : null;
    }
}
