namespace LocalCloud.Persistence.Topics;

/// <summary>What the records say about one topic; without a definition while only ids of it were read.</summary>
internal sealed class TopicImage
{
    public TopicDefinition? Definition { get; set; }

    public Dictionary<(string? Group, string Id), Remembered<(Guid MessageId, ulong SequenceNumber)>> Deduplication { get; } = [];
}

/// <summary>A topic without its subscriptions.</summary>
internal sealed record TopicDefinition(string Name, bool IsFifo, int DeletedSubscriptions, Dictionary<string, string> Attributes, Dictionary<string, string> Tags);

/// <summary>A subscription; its topic by ARN.</summary>
internal sealed record SubscriptionImage(string Arn, string TopicArn, string Protocol, string Endpoint, DateTimeOffset At)
{
    public string? Token { get; init; }

    public bool IsPending { get; init; }

    public bool WasAsked { get; init; }

    public bool ConfirmedWithSignature { get; init; }

    public required Dictionary<string, string> Attributes { get; init; }
}

/// <summary>All that the records of SNS say.</summary>
internal sealed class TopicsImage
{
    public Dictionary<string, TopicImage> Topics { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SubscriptionImage> Subscriptions { get; } = new(StringComparer.Ordinal);

    public Dictionary<long, PendingDelivery> Pending { get; } = [];

    public (byte[] Key, string Certificate)? Signer { get; set; }

    public ulong LastSequenceNumber { get; set; }
}
