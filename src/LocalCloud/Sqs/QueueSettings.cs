namespace LocalCloud.Sqs;

/// <summary>The attributes of a queue that can be set, with AWS's defaults. Times are in seconds, sizes in bytes.</summary>
internal sealed record QueueSettings
{
    public bool IsFifo { get; init; }

    /// <summary>0 to 900.</summary>
    public int DelaySeconds { get; init; }

    /// <summary>1,024 to 1,048,576.</summary>
    public int MaximumMessageSize { get; init; } = Limits.MessageBytes;

    /// <summary>60 to 1,209,600.</summary>
    public int MessageRetentionPeriod { get; init; } = 345_600;

    /// <summary>0 to 20.</summary>
    public int ReceiveMessageWaitTimeSeconds { get; init; }

    /// <summary>0 to 43,200.</summary>
    public int VisibilityTimeout { get; init; } = 30;

    public string? Policy { get; init; }

    public RedrivePolicy? RedrivePolicy { get; init; }

    public string? RedriveAllowPolicy { get; init; }

    public string? KmsMasterKeyId { get; init; }

    /// <summary>60 to 86,400.</summary>
    public int? KmsDataKeyReusePeriodSeconds { get; init; }

    public bool SqsManagedSseEnabled { get; init; } = true;

    public bool ContentBasedDeduplication { get; init; }

    /// <summary><c>queue</c> or <c>messageGroup</c>.</summary>
    public string DeduplicationScope { get; init; } = "queue";

    /// <summary><c>perQueue</c> or <c>perMessageGroupId</c>.</summary>
    public string FifoThroughputLimit { get; init; } = "perQueue";
}
