using Amazon.SQS.Model;
using Messaging.Parking;

namespace Messaging.Consuming;

/// <summary>A message as a queue handed it out, whoever received it: Lambda's poller or our own.</summary>
internal sealed class Delivery
{
    /// <summary>The id that SQS gave it. A redrive gives the message a new one; the envelope's id stays.</summary>
    public required string MessageId { get; init; }

    /// <summary>Names this receipt; empty where Lambda named none.</summary>
    public required string ReceiptHandle { get; init; }

    /// <summary>The text, as UTF-8. It may stand in memory that is used again once the delivery's lane has ended: keep no part of it.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The queue: its ARN where Lambda told it, else its address.</summary>
    public required string Source { get; init; }

    /// <summary>Its place among those that came with it.</summary>
    public int Position { get; init; }

    /// <summary>How often the queue has handed it out, this time included.</summary>
    public int ReceiveCount { get; init; } = 1;

    /// <summary>On a FIFO queue what keeps its order, on a standard queue the tenant, if any.</summary>
    public string? GroupId { get; init; }

    /// <summary>On a FIFO queue its place in the group's order: a decimal number of up to 128 bits.</summary>
    public string? SequenceNumber { get; init; }

    /// <summary>When the queue took it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the queue first handed it out.</summary>
    public DateTimeOffset? FirstReceivedAt { get; init; }

    /// <summary>X-Ray's trace, if there is one: the system attribute <c>AWSTraceHeader</c>.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>The row, where this is a parked message in the place of the replay that the queue handed out.</summary>
    public ParkedMessage? Parked { get; init; }

    /// <summary>Sets what the queue's own attributes tell.</summary>
    public SystemAttributes SystemAttributes
    {
        init => (ReceiveCount, GroupId, SequenceNumber, SentAt, FirstReceivedAt, TraceHeader) =
            (value.ReceiveCount, value.GroupId, value.SequenceNumber, value.SentAt, value.FirstReceivedAt, value.TraceHeader);
    }

    /// <summary>The sender's attributes.</summary>
    public IReadOnlyDictionary<string, MessageAttributeValue> Attributes
    {
        get => field ??= MessageAttributes.Read(RawAttributes.Span);
        init;
    }

    /// <summary>The sender's attributes as the JSON of Lambda's event, read only when somebody asks for them.</summary>
    public ReadOnlyMemory<byte> RawAttributes { get; init; }
}
