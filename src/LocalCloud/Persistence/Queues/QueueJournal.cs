using LocalCloud.Sqs;

namespace LocalCloud.Persistence.Queues;

/// <summary>Appends what happens to queues. Each is called under the lock of the queue it is about.</summary>
internal sealed class QueueJournal(Journal journal)
{
    public Journal Journal { get; } = journal;

    /// <inheritdoc cref="Journal.BeginMove"/>
    public void BeginMove() => Journal.BeginMove();

    public void EndMove() => Journal.EndMove();

    public void Defined(Queue queue, long lastKey, long lastReceipt, long? purgedAt) => Journal.Append(Start(QueueRecord.Queue, queue.Key)
        .Add(queue.Name)
        .Add(queue.CreatedAt)
        .Add(queue.LastModifiedAt)
        .Add(lastKey)
        .Add(lastReceipt)
        .Add(purgedAt)
        .Add(queue.Settings.IsFifo)
        .Add(SettingsText.Of(queue.Settings))
        .Add(queue.Tags));

    public void Deleted(long key, string name, long at) => Journal.Append(Start(QueueRecord.Deleted, key).Add(name).Add(at));

    public void Purged(Queue queue, long at) => Journal.Append(Start(QueueRecord.Purged, queue.Key).Add(at));

    /// <param name="queue">Where it is now.</param>
    /// <param name="message">In the state in which it is now.</param>
    /// <param name="deduplicated">Whether its deduplication id is remembered from now on.</param>
    /// <param name="scope">The group, when ids count per group.</param>
    public void Sent(Queue queue, Message message, bool deduplicated = false, string? scope = null) =>
        Journal.Append(Whole(Start(QueueRecord.Message, queue.Key), message).Add(deduplicated).Add(scope));

    public void Moved(Queue from, long fromKey, Queue to, Message message) =>
        Journal.Append(Whole(Start(QueueRecord.Moved, to.Key), message).Add(from.Key).Add(fromKey));

    public void Changed(Queue queue, Message message) => Journal.Append(Mutable(Start(QueueRecord.Changed, queue.Key).Add(message.Key), message));

    public void Removed(Queue queue, Message message) => Journal.Append(Start(QueueRecord.Removed, queue.Key).Add(message.Key));

    public void Remembered(Queue queue, Remembered<SendResult> entry) => Journal.Append(Start(QueueRecord.Remembered, queue.Key)
        .Add(entry.Group)
        .Add(entry.Id)
        .Add(entry.Until)
        .Add(entry.Value.MessageId)
        .Add(entry.Value.SequenceNumber));

    public void Attempted(Queue queue, string id, long until, List<Received> received)
    {
        var record = Start(QueueRecord.Attempt, queue.Key).Add(id).Add(until).Add(received.Count);
        foreach (var one in received)
        {
            record.Add(one.Message.Key).Add(one.Handle).Add(one.ReceiveCount).Add(one.FirstReceivedAt);
        }

        Journal.Append(record);
    }

    public void Counters(long lastQueue, ulong lastSequenceNumber) => Journal.Append(Start(QueueRecord.Counters, lastQueue).Add(lastSequenceNumber));

    private static RecordWriter Start(QueueRecord kind, long queueKey) => RecordWriter.Start(RecordOwner.Sqs, (byte)kind).Add(queueKey);

    private static RecordWriter Whole(RecordWriter record, Message message)
    {
        record.Add(message.Key)
            .Add(message.Id)
            .Add(message.Body.AsSpan())
            .Add(message.TraceHeader)
            .Add(message.GroupId)
            .Add(message.DeduplicationId)
            .Add(message.SenderId)
            .Add(message.SentAt)
            .Add(message.DeadLetterSourceArn)
            .Add(message.SequenceNumber);
        AttributeRecord.Add(record, message.Attributes);
        return Mutable(record, message);
    }

    private static RecordWriter Mutable(RecordWriter record, Message message) => record
        .Add(message.FirstReceivedAt)
        .Add(message.LastReceivedAt)
        .Add(message.ReceiveCount)
        .Add(message.Receipt)
        .Add(message.VisibilityChanged)
        .Add(message.State == MessageState.Visible ? 0 : message.VisibleAt);
}
