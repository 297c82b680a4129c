using System.Collections.Immutable;
using LocalCloud.Sqs;

namespace LocalCloud.Sns;

/// <summary>A topic, its attributes as they were set, and its subscriptions.</summary>
internal sealed class Topic(string name, string arn, bool isFifo)
{
    /// <summary>Held while publishing to a FIFO topic, so that all queues see one order.</summary>
    public Lock Gate { get; } = new();

    public string Name { get; } = name;

    public string Arn { get; } = arn;

    public bool IsFifo { get; } = isFifo;

    /// <summary>What was set, by attribute name. Replaced as a whole on every change.</summary>
    public ImmutableDictionary<string, string> Attributes { get; set; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableDictionary<string, string> Tags { get; set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>In the order of subscribing. Replaced as a whole on every change.</summary>
    public ImmutableArray<Subscription> Subscriptions { get; set; } = [];

    public int DeletedSubscriptions { get; set; }

    /// <summary>Stored and given back; nothing here inspects messages.</summary>
    public string? DataProtectionPolicy { get; set; }

    /// <summary>The messages that can be replayed; null while there is no ArchivePolicy.</summary>
    public Archive? Archive { get; private set; }

    public DeduplicationWindow<(Guid MessageId, ulong SequenceNumber)> Deduplication { get; } = new();

    /// <summary>Opens or closes the archive as the ArchivePolicy says.</summary>
    public void KeepArchive(DateTimeOffset now)
    {
        var days = Attributes.GetValueOrDefault(ArchivePolicy.Attribute) is { } policy ? ArchivePolicy.Days(policy) : null;
        Archive = days is null ? null : Archive ?? new Archive(now);
        if (Archive is not null)
        {
            Archive.Retention = TimeSpan.FromDays(days!.Value);
        }
    }

    public bool ContentBasedDeduplication => Attributes.GetValueOrDefault("ContentBasedDeduplication") == "true";

    public bool DeduplicatesPerGroup => Attributes.GetValueOrDefault("FifoThroughputScope") == "MessageGroup";

    public bool SignsWithSha256 => Attributes.GetValueOrDefault("SignatureVersion") == "2";

    /// <summary>Bytes of a message or a batch.</summary>
    public int MaximumMessageSize => int.TryParse(Attributes.GetValueOrDefault("MaximumMessageSize"), out var bytes) ? bytes : Limits.PublishBytes;
}
