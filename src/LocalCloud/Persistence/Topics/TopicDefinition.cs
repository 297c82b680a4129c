namespace LocalCloud.Persistence.Topics;

/// <summary>A topic without its subscriptions.</summary>
internal sealed record TopicDefinition(string Name, bool IsFifo, int DeletedSubscriptions, Dictionary<string, string> Attributes, Dictionary<string, string> Tags)
{
    public string? DataProtectionPolicy { get; init; }

    /// <summary>When the archive was opened, in UTC ticks; null without one.</summary>
    public long? ArchivedSince { get; init; }
}
