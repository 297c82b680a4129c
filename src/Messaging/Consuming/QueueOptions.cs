using Messaging.Parking;

namespace Messaging.Consuming;

/// <summary>What holds for the messages of a queue, whoever polls it.</summary>
public abstract record QueueOptions
{
    /// <summary>Address of the consumer's own queue.</summary>
    public required string QueueUrl { get; init; }

    /// <summary>Address of its dead-letter queue.</summary>
    public required string DeadLetterQueueUrl { get; init; }

    /// <summary>
    /// Upper bound of the delay after the first failure; it doubles with each further one. Above zero, at most 12 hours. With ten attempts
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
    /// Attempts before a message that is retried becomes a dead letter, 1 to 1,000. An attempt is a run of the handler that failed, where
    /// <see cref="CountAttempt"/> counts them; else a receive, and those are used up by throttling and by a neighbour's failure too.
    /// The queue's own maxReceiveCount must be far higher, for it is reached by receives, and what it moves has no story.
    /// </summary>
    /// <remarks>
    /// A run failed if the handler threw, answered with a retry, or was cancelled because the time was over, whether it stopped then or not. No run is counted for a message that waited behind
    /// another of its group, that was handed back before it began, whose inbox was away or that another delivery was handling, or that was deferred.
    /// </remarks>
    public int MaxAttempts
    {
        get;
        init => field = value is >= 1 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(MaxAttempts), value, "MaxAttempts is 1 to 1,000.");
    } = 10;

    /// <summary>
    /// Counts one more failed attempt at the message to which SQS gave this id, and tells how many there were: <c>AttemptCounter</c> does it in
    /// PostgreSQL. Null: receives are counted. An exception, or no answer within 2 seconds, is logged, and the attempt is not counted: a database
    /// that is away must not use up a message's attempts. A message that is redriven has a new id, and all its attempts again.
    /// </summary>
    public Func<string, CancellationToken, Task<int>>? CountAttempt { get; init; }

    /// <summary>
    /// Parks a FIFO queue's message group when a message of it is dead-lettered: those behind it are kept in order until somebody releases the group,
    /// while other groups flow. Null, the default: they overtake it. Turn it off only when no group is parked. A standard queue must be without it.
    /// </summary>
    public ParkedGroups? Parking { get; init; }

    internal bool IsFifo => SqsRules.IsFifo(QueueUrl);

    internal string QueueName => QueueUrl[(QueueUrl.LastIndexOf('/') + 1)..];
}
