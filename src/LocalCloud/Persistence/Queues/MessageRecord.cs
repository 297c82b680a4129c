using LocalCloud.Sqs;

namespace LocalCloud.Persistence.Queues;

/// <summary>A message read from a record, as <see cref="QueueJournal"/> wrote it. It is hidden for as long as its VisibleAt says.</summary>
internal static class MessageRecord
{
    public static Message Read(ref RecordReader record)
    {
        var key = record.Long();
        var (id, body, trace) = (record.Guid(), record.Bytes(), record.TextOrNull());
        var (group, deduplication, sender) = (record.TextOrNull(), record.TextOrNull(), record.Text());
        var (sent, source, number) = (record.Long(), record.TextOrNull(), record.ULong());
        var message = new Message
        {
            Key = key,
            Id = id,
            Body = body,
            TraceHeader = trace,
            GroupId = group,
            DeduplicationId = deduplication,
            SenderId = sender,
            SentAt = sent,
            DeadLetterSourceArn = source,
            SequenceNumber = number,
            Attributes = AttributeRecord.Read(ref record),
        };
        ReadMutable(ref record, message);
        return message;
    }

    public static void ReadMutable(ref RecordReader record, Message message)
    {
        message.FirstReceivedAt = record.LongOrNull();
        message.LastReceivedAt = record.Long();
        message.ReceiveCount = record.Int();
        message.Receipt = record.Long();
        message.VisibilityChanged = record.Bool();
        message.VisibleAt = record.Long();
    }

    /// <summary>Takes up what is read of a message that is not there.</summary>
    public static Message Unknown() => new() { Body = [], Attributes = [], SenderId = "", SentAt = 0 };
}
