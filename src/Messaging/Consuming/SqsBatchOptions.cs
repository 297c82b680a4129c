namespace Messaging.Consuming;

/// <summary>How a batch that Lambda hands over is worked through.</summary>
public sealed record SqsBatchOptions : QueueOptions
{
    /// <summary>Messages of a standard queue, or groups of a FIFO queue, handled at a time; 1 to 1,000.</summary>
    public int Concurrency
    {
        get;
        init => field = value is >= 1 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(Concurrency), value, "Concurrency is 1 to 1,000.");
    } = 10;

    /// <summary>
    /// The part of Lambda's remaining time that is kept for answering, above 0 and below 1. When it begins, what runs is cancelled, and what has
    /// not started is handed back. A handler that still runs after half of it is abandoned: a failed attempt, whose message is reported as failed,
    /// or dead-lettered if it was the last one, and whose late verdict is not carried out. Another quarter is for the calls that this takes and
    /// those that set delays, the last one for flushing telemetry and the answer.
    /// </summary>
    public double DeadlineReserve
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(DeadlineReserve), value, "DeadlineReserve is above 0 and below 1.");
    } = 0.2;

    internal double HandlersEnd => 1 - DeadlineReserve;

    internal double LanesEnd => 1 - (DeadlineReserve / 2);

    internal double DelaysEnd => 1 - (DeadlineReserve / 4);
}
