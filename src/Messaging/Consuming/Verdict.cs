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

    /// <summary>Not now: the message comes back, and this run counts as a failed attempt (<see cref="QueueOptions.MaxAttempts"/>).</summary>
    /// <param name="reason">For the log, and for the dead letter that the last attempt makes: identifiers, no personal data.</param>
    /// <param name="after">
    /// When, at most 11.75 hours; by default exponential backoff with full jitter, by attempts where they are counted, else by receives.
    /// </param>
    /// <returns>The verdict.</returns>
    /// <exception cref="ArgumentNullException">There is no reason.</exception>
    public static Verdict Retry(string reason, TimeSpan? after = null) => new Retried(Given(reason), after);

    /// <summary>Never: the message goes to the dead-letter queue at once.</summary>
    /// <param name="reason">Travels with the message as an attribute, cut at 1,024 characters: identifiers, no personal data.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="ArgumentNullException">There is no reason.</exception>
    public static Verdict DeadLetter(string reason) => new DeadLettered(Given(reason), null);

    /// <summary>Nobody needs it: acknowledged and logged.</summary>
    /// <param name="reason">For the log: identifiers, no personal data.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="ArgumentNullException">There is no reason.</exception>
    public static Verdict Discard(string reason) => new Discarded(Given(reason));

    /// <summary>
    /// Not yet due: the message comes back at a time of its own, and no attempt is counted. On a standard queue a fresh copy waits, so neither
    /// receives nor the queue's retention are used up; the copy has the envelope's id and a new SQS id. On a FIFO queue the message is hidden where it is, and its
    /// group waits behind it: each return is a receive.
    /// </summary>
    /// <param name="until">
    /// When. A time that has passed is a second from now, so that a handler which keeps deferring does not spin. One that is more than 15 minutes
    /// away costs a request every 15 minutes on a standard queue; on a FIFO queue more than 11.75 hours away, the handler is asked in between.
    /// </param>
    /// <param name="reason">For the log: identifiers, no personal data.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="ArgumentNullException">There is no reason.</exception>
    public static Verdict Defer(DateTimeOffset until, string reason) => new Deferred(until, Given(reason));

    // A verdict without a reason would fail later, where nobody sees which handler gave it.
    private static string Given(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return reason;
    }

    internal sealed record Completed : Verdict;

    /// <param name="Reason">Why.</param>
    /// <param name="After">When, if the handler said.</param>
    /// <param name="ErrorType">The exception's type, if there was one.</param>
    /// <param name="Counts">False where the message is not at fault: its handler never got to run.</param>
    internal sealed record Retried(string Reason, TimeSpan? After, string? ErrorType = null, bool Counts = true) : Verdict;

    /// <param name="Reason">Why; of failed attempts, why the last one failed.</param>
    /// <param name="ErrorType">The exception's type, if there was one.</param>
    /// <param name="Attempts">The failed runs that led to it; null where the verdict was given at once.</param>
    internal sealed record DeadLettered(string Reason, string? ErrorType, int? Attempts = null) : Verdict
    {
        /// <summary>The reason as an operator reads it.</summary>
        public string FullReason => Attempts is { } attempts ? $"{attempts} attempts failed, the last one so: {Reason}" : Reason;
    }

    internal sealed record Discarded(string Reason) : Verdict;

    internal sealed record Deferred(DateTimeOffset Until, string Reason) : Verdict;
}
