using Messaging.Consuming;

namespace Messaging.Parking;

/// <summary>A parked group while its row is locked.</summary>
/// <param name="IsReleased">True while its messages are replayed.</param>
/// <param name="Tail">The last place that was given.</param>
/// <param name="QueueUrl">Where the group comes from.</param>
/// <param name="DeadMessageId">The message that it waits behind.</param>
/// <param name="LastSequence">The sequence number of the last message that was kept.</param>
/// <param name="OnItsWay">The place of the message whose replay was sent lately.</param>
internal sealed record LockedGroup(bool IsReleased, long Tail, string QueueUrl, string DeadMessageId, string? LastSequence, long? OnItsWay)
{
    /// <summary>
    /// True for a delivery that was dealt with before its answer was lost: the dead letter itself, or a follower that was kept and may even have been
    /// replayed since. A queue's sequence numbers grow within a group.
    /// </summary>
    public bool HasSeen(Delivery delivery, string queueUrl) =>
        delivery.MessageId == DeadMessageId || (queueUrl == QueueUrl && LastSequence is { } last && delivery.SequenceNumber is { } own && !IsHigher(own, last));

    /// <summary>True where somebody sent the dead letter back from the dead-letter queue: it was the first and stays the first.</summary>
    public bool IsReturnedDeadLetter(Delivery delivery) =>
        delivery.Attributes.TryGetValue(DeadLetterStory.MessageId, out var id) && id.StringValue == DeadMessageId;

    // Decimal numbers of up to 128 bits.
    private static bool IsHigher(string a, string b) => a.Length != b.Length ? a.Length > b.Length : string.CompareOrdinal(a, b) > 0;
}
