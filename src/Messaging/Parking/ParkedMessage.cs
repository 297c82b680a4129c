using System.Text;
using Amazon.SQS.Model;
using Messaging.Consuming;

namespace Messaging.Parking;

/// <summary>Which message waits where.</summary>
internal readonly record struct ParkedPlace(long Position, string MessageId);

/// <summary>A message that waits in a parked group.</summary>
/// <param name="Position">Its place in the group: the lowest is replayed first.</param>
/// <param name="MessageId">The id that SQS gave it.</param>
/// <param name="SentAt">When the queue took it, if that is known.</param>
/// <param name="Body">Its text.</param>
public sealed record ParkedMessage(long Position, string MessageId, DateTimeOffset? SentAt, string Body)
{
    /// <summary>The sender's attributes.</summary>
    public IReadOnlyDictionary<string, MessageAttributeValue> Attributes { get; init; } = new Dictionary<string, MessageAttributeValue>();

    internal ParkedPlace Place => new(Position, MessageId);

    /// <summary>The message as if the queue had handed it out instead of its replay.</summary>
    internal Delivery InPlaceOf(Delivery replay) => new()
    {
        MessageId = MessageId,
        ReceiptHandle = replay.ReceiptHandle,
        Body = Encoding.UTF8.GetBytes(Body),
        Source = replay.Source,
        ReceiveCount = replay.ReceiveCount,
        GroupId = replay.GroupId,
        SequenceNumber = replay.SequenceNumber,
        SentAt = SentAt,
        FirstReceivedAt = replay.FirstReceivedAt,
        Parked = this,
        Attributes = Attributes,
    };
}
