namespace LocalCloud.Lambda.Queues;

/// <summary>An event-source mapping of a queue, as its template describes it.</summary>
internal sealed record QueueMappingSettings
{
    public required string QueueArn { get; init; }

    /// <summary>1 - 10,000; more than 10 needs a window of at least a second.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>0 - 300 s: how long a batch that is not full is waited for.</summary>
    public TimeSpan BatchingWindow { get; init; }

    /// <summary>2 - 1,000 batches at a time; null when nothing is said: Lambda begins with five then, and a laptop stays there.</summary>
    public int? MaximumConcurrency { get; init; }

    /// <summary>What the function reserves, which bounds what is not said.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>Batches at a time. Of a FIFO queue never more than groups have messages: a group's next batch waits for the one in flight.</summary>
    public int Concurrency => MaximumConcurrency ?? Math.Max(1, Math.Min(5, ReservedConcurrency ?? 5));

    /// <summary>Which messages are for the function; null for all.</summary>
    public EventFilter? Filter { get; init; }

    /// <summary>Whether <c>FunctionResponseTypes</c> has <c>ReportBatchItemFailures</c>.</summary>
    public bool ReportsItemFailures { get; init; }

    public string QueueName => QueueArn[(QueueArn.LastIndexOf(':') + 1)..];

    public string Region => QueueArn.Split(':') is [_, _, _, var region, ..] ? region : "";

    public bool IsFifo => QueueArn.EndsWith(".fifo", StringComparison.Ordinal);
}
