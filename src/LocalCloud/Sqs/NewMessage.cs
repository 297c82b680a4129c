namespace LocalCloud.Sqs;

/// <summary>A message on its way into a queue: checked already, by whoever made it.</summary>
internal sealed record NewMessage(byte[] Body, MessageAttribute[] Attributes)
{
    /// <summary>Of the body, if it was computed already.</summary>
    public BodyDigest Digest { get; init; }

    public string? TraceHeader { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    /// <summary>Seconds until it becomes visible; null takes the queue's own delay.</summary>
    public int? DelaySeconds { get; init; }

    public string SenderId { get; init; } = "AIDALOCALCLOUD0000000";

    public long Size => MessageAttribute.SizeOf(Body, Attributes);
}
