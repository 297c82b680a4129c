namespace Messaging.Consuming;

/// <summary>A consumer's answer to one message. The library carries it out; the consumer never deletes or sends back a message itself.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>Handled: the message is acknowledged, and what the handler wrote in its transaction is committed.</summary>
    public static Verdict Done { get; } = new Completed();

    /// <summary>True where the message needs no further delivery.</summary>
    public bool Acknowledges => this is Completed or Discarded;

    /// <summary>Not now: the message comes back.</summary>
    /// <param name="reason">For the log: identifiers, no personal data.</param>
    /// <param name="after">When, at most 11.75 hours; by default exponential backoff with full jitter by receive count.</param>
    /// <returns>The verdict.</returns>
    public static Verdict Retry(string reason, TimeSpan? after = null) => new Retried(reason, after);

    /// <summary>Never: the message goes to the dead-letter queue at once.</summary>
    /// <param name="reason">Travels with the message as an attribute: identifiers, no personal data.</param>
    /// <returns>The verdict.</returns>
    public static Verdict DeadLetter(string reason) => new DeadLettered(reason, null);

    /// <summary>Nobody needs it: acknowledged and logged.</summary>
    /// <param name="reason">For the log: identifiers, no personal data.</param>
    /// <returns>The verdict.</returns>
    public static Verdict Discard(string reason) => new Discarded(reason);

    /// <summary>Not yet due: the message comes back at a time of its own.</summary>
    /// <param name="until">When; more than 11.75 hours away, it comes back in between, and each return counts as a receive of the queue.</param>
    /// <param name="reason">For the log: identifiers, no personal data.</param>
    /// <returns>The verdict.</returns>
    public static Verdict Defer(DateTimeOffset until, string reason) => new Deferred(until, reason);

    internal sealed record Completed : Verdict;

    internal sealed record Retried(string Reason, TimeSpan? After) : Verdict;

    internal sealed record DeadLettered(string Reason, string? ErrorType) : Verdict;

    internal sealed record Discarded(string Reason) : Verdict;

    internal sealed record Deferred(DateTimeOffset Until, string Reason) : Verdict;
}
