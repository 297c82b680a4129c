using LocalCloud.Http;

namespace LocalCloud.Sqs;

/// <summary>A message in a queue. The queue's lock guards everything that can change.</summary>
internal sealed class Message
{
    public Guid Id { get; init; } = RandomId.NewGuid();

    /// <summary>The body in UTF-8, the form in which it arrives and leaves.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Of the body; computed at the first use if not given.</summary>
    public BodyDigest Digest
    {
        get => field == default ? field = BodyDigest.Of(Body) : field;
        init;
    }

    /// <summary>Sorted by name, as their digest wants them.</summary>
    public required MessageAttribute[] Attributes { get; init; }

    public string? TraceHeader { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    public required string SenderId { get; init; }

    /// <summary>Milliseconds since 1970. A dead-letter queue keeps the original of a standard queue's message.</summary>
    public required long SentAt { get; init; }

    public string? DeadLetterSourceArn { get; init; }

    public long? FirstReceivedAt { get; set; }

    public long LastReceivedAt { get; set; }

    public int ReceiveCount { get; set; }

    /// <summary>Given by the queue; increases with every message of a FIFO queue.</summary>
    public ulong SequenceNumber { get; set; }

    /// <summary>The key of the message in its queue.</summary>
    public long Key { get; set; }

    /// <summary>Which receive the latest receipt handle belongs to.</summary>
    public long Receipt { get; set; }

    /// <summary>Whether the consumer has changed the visibility timeout since the latest receive.</summary>
    public bool VisibilityChanged { get; set; }

    public MessageState State { get; set; }

    /// <summary>When a delayed or received message becomes visible, in milliseconds since 1970.</summary>
    public long VisibleAt { get; set; }

    /// <summary>Its place in the heap of hidden messages, -1 when it is not there.</summary>
    public int HeapIndex { get; set; } = -1;

    public LinkedListNode<Message>? Place { get; set; }

    public LinkedListNode<Message>? AgePlace { get; set; }

    /// <summary>The same message once more, as at-least-once delivery may bring it.</summary>
    public Message Twin() => new()
    {
        Id = Id,
        Body = Body,
        Digest = Digest,
        Attributes = Attributes,
        TraceHeader = TraceHeader,
        GroupId = GroupId,
        DeduplicationId = DeduplicationId,
        SenderId = SenderId,
        SentAt = SentAt,
    };

    /// <summary>What counts against the message size limit: body, attribute names, types and values.</summary>
    public long Size => MessageAttribute.SizeOf(Body, Attributes);
}
