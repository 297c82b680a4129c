using LocalCloud.Sqs;

namespace LocalCloud.Persistence.Queues;

/// <summary>What the records say about one queue. It has no definition while only messages of it were read, or for good when it was deleted.</summary>
internal sealed class QueueImage
{
    public QueueDefinition? Definition { get; set; }

    public bool IsDeleted { get; set; }

    public long LastKey { get; set; }

    public long LastReceipt { get; set; }

    public long? PurgedAt { get; set; }

    public Dictionary<long, Message> Messages { get; } = [];

    public Dictionary<(string? Group, string Id), Remembered<SendResult>> Deduplication { get; } = [];

    public Dictionary<string, AttemptImage> Attempts { get; } = new(StringComparer.Ordinal);

    public void Put(Message message)
    {
        Messages[message.Key] = message;
        LastKey = Math.Max(LastKey, message.Key);
        LastReceipt = Math.Max(LastReceipt, message.Receipt);
    }

    public void Remember(Remembered<SendResult> entry)
    {
        var key = (entry.Group, entry.Id);
        if (!Deduplication.TryGetValue(key, out var other) || other.Until < entry.Until)
        {
            Deduplication[key] = entry;
        }
    }
}
