using Amazon.SQS.Model;

namespace Messaging.Consuming;

/// <summary>A message as a queue handed it out, whoever received it: Lambda's poller or our own.</summary>
internal sealed class Delivery
{
    private static readonly Dictionary<string, MessageAttributeValue> NoAttributes = [];

    /// <summary>The id that SQS gave it. A redrive gives the message a new one; the envelope's id stays.</summary>
    public required string MessageId { get; init; }

    /// <summary>Names this receipt.</summary>
    public required string ReceiptHandle { get; init; }

    /// <summary>The text, as UTF-8.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The queue: its ARN where Lambda told it, else its address.</summary>
    public required string Source { get; init; }

    /// <summary>How often the queue has handed it out, this time included.</summary>
    public int ReceiveCount { get; init; } = 1;

    /// <summary>On a FIFO queue what keeps its order, on a standard queue the tenant, if any.</summary>
    public string? GroupId { get; init; }

    /// <summary>When the queue took it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>X-Ray's trace, if there is one: the system attribute <c>AWSTraceHeader</c>.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>The sender's attributes.</summary>
    public IReadOnlyDictionary<string, MessageAttributeValue> Attributes { get; init; } = NoAttributes;
}
