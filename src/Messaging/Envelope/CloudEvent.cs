namespace Messaging.Envelope;

/// <summary>The attributes of a CloudEvents 1.0 message: everything about it but its data.</summary>
/// <param name="Id">Identity across retries, redrives and fan-out: what the inbox remembers. 1 to 128 visible ASCII characters.</param>
/// <param name="Source">Who made it, a URI reference: <c>/booking</c>.</param>
/// <param name="Type">The message's stable name with its version: <c>booking.confirmed.v1</c>.</param>
/// <param name="Time">When it was made.</param>
public sealed record CloudEvent(string Id, string Source, string Type, DateTimeOffset Time)
{
    /// <summary>Messages with one key stay in order.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>What all messages of one business transaction share; the id of the first where nobody set one.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The id of the message that led to this one.</summary>
    public string? CausationId { get; init; }

    /// <summary>W3C trace context of the producer.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Where a request wants its reply: the logical name of a queue, and after <c>#</c> who of its readers asks. A reply repeats it.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Until when a request wants its reply. A reply repeats it.</summary>
    public DateTimeOffset? Deadline { get; init; }
}
