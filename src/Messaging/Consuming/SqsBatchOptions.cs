namespace Messaging.Consuming;

/// <summary>How a batch of a queue is worked through.</summary>
public sealed record SqsBatchOptions
{
    /// <summary>Address of the consumer's own queue, where delays are set.</summary>
    public required string QueueUrl { get; init; }

    /// <summary>Address of its dead-letter queue.</summary>
    public required string DeadLetterQueueUrl { get; init; }

    /// <summary>Messages of a standard queue, or groups of a FIFO queue, handled at a time; 1 to 1,000.</summary>
    public int Concurrency
    {
        get;
        init => field = value is >= 1 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(Concurrency), value, "Concurrency is 1 to 1,000.");
    } = 10;

    /// <summary>
    /// Upper bound of the delay after the first failure; it doubles with each further one. Above zero, at most 12 hours. With ten receives
    /// before the dead-letter queue, 5 seconds last for twenty minutes of trouble on average.
    /// </summary>
    public TimeSpan FirstBackoff
    {
        get;
        init => field = value > TimeSpan.Zero && value <= Backoff.Longest
            ? value
            : throw new ArgumentOutOfRangeException(nameof(FirstBackoff), value, "FirstBackoff is above zero and at most 12 hours.");
    } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The part of Lambda's remaining time that is kept for answering: what still runs is cancelled then, what has not started is reported
    /// as failed. Above zero, below 1.
    /// </summary>
    public double DeadlineReserve
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(DeadlineReserve), value, "DeadlineReserve is above 0 and below 1.");
    } = 0.2;
}
