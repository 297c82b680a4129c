namespace LocalCloud.Lambda.Queues;

/// <summary>An event-source mapping of a queue, as its template describes it.</summary>
internal sealed record QueueMappingSettings
{
    public required string QueueArn { get; init; }

    /// <summary>1 - 10,000; more than 10 needs a window of at least a second.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>0 - 300 s: how long a batch that is not full is waited for.</summary>
    public TimeSpan BatchingWindow { get; init; }

    /// <summary>Batches at a time. Lambda begins with five when nothing is said, and a laptop stays there.</summary>
    public int Concurrency { get; init; } = 5;

    /// <summary>Whether <c>FunctionResponseTypes</c> has <c>ReportBatchItemFailures</c>.</summary>
    public bool ReportsItemFailures { get; init; }

    public string QueueName => QueueArn[(QueueArn.LastIndexOf(':') + 1)..];

    public string Region => QueueArn.Split(':') is [_, _, _, var region, ..] ? region : "";

    public bool IsFifo => QueueArn.EndsWith(".fifo", StringComparison.Ordinal);
}
