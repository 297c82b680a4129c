namespace LocalCloud.Persistence.Topics;

/// <summary>All that the records of SNS say.</summary>
internal sealed class TopicsImage
{
    public Dictionary<string, TopicImage> Topics { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SubscriptionImage> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Those that may come back, by ARN.</summary>
    public Dictionary<string, SubscriptionImage> Ended { get; } = new(StringComparer.Ordinal);

    public Dictionary<long, PendingDelivery> Pending { get; } = [];

    public (byte[] Key, string Certificate)? Signer { get; set; }

    public ulong LastSequenceNumber { get; set; }
}
