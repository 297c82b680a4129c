namespace LocalCloud.Persistence.Topics;

/// <summary>What the records say about one topic; without a definition while only ids of it were read.</summary>
internal sealed class TopicImage
{
    public TopicDefinition? Definition { get; set; }

    /// <summary>By sequence number.</summary>
    public SortedDictionary<ulong, ArchivedMessage> Archive { get; } = [];

    public Dictionary<(string? Group, string Id), Remembered<(Guid MessageId, ulong SequenceNumber)>> Deduplication { get; } = [];
}
