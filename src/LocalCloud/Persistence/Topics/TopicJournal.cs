using LocalCloud.Sns;

namespace LocalCloud.Persistence.Topics;

/// <summary>Appends what happens to topics and subscriptions, and keeps count of the HTTP deliveries that are not over.</summary>
internal sealed class TopicJournal(Journal journal, IReadOnlyDictionary<long, PendingDelivery> unfinished)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, PendingDelivery> _pending = new(unfinished);
    private long _lastDelivery = unfinished.Keys.DefaultIfEmpty().Max();

    public Journal Journal { get; } = journal;

    public void Defined(Topic topic) => Journal.Append(Start(TopicRecord.Topic, topic.Arn)
        .Add(topic.Name)
        .Add(topic.IsFifo)
        .Add(topic.DeletedSubscriptions)
        .Add(topic.Attributes)
        .Add(topic.Tags)
        .Add(topic.DataProtectionPolicy)
        .Add(topic.Archive?.Opened.UtcTicks));

    public void Deleted(Topic topic) => Journal.Append(Start(TopicRecord.TopicDeleted, topic.Arn));

    public void Defined(Subscription subscription) => Journal.Append(Whole(TopicRecord.Subscription, subscription));

    public void Ended(Subscription subscription) => Journal.Append(Whole(TopicRecord.Ended, subscription));

    public void Archived(Notification notification)
    {
        var record = Start(TopicRecord.Archived, notification.Topic.Arn);
        ArchivedMessage.Add(record, notification);
        Journal.Append(record);
    }

    public void Unsubscribed(Subscription subscription) => Journal.Append(Start(TopicRecord.Unsubscribed, subscription.Arn));

    public void Remembered(Topic topic, Remembered<(Guid MessageId, ulong SequenceNumber)> entry) => Journal.Append(Start(TopicRecord.Remembered, topic.Arn)
        .Add(entry.Group)
        .Add(entry.Id)
        .Add(entry.Until)
        .Add(entry.Value.MessageId)
        .Add(entry.Value.SequenceNumber));

    /// <summary>A delivery begins.</summary>
    /// <returns>Its number, for <see cref="Delivered"/>.</returns>
    public long Pending(PendingDelivery delivery)
    {
        lock (_gate)
        {
            _pending[++_lastDelivery] = delivery;
            Record(_lastDelivery, delivery);
            return _lastDelivery;
        }
    }

    /// <summary>A delivery is over: the endpoint has the message, or a dead-letter queue, or nobody ever will.</summary>
    public void Delivered(long number)
    {
        lock (_gate)
        {
            _pending.Remove(number);
            Journal.Append(Start(TopicRecord.Delivered, null).Add(number));
        }
    }

    public void Signs(byte[] key, string certificate) => Journal.Append(Start(TopicRecord.Key, null).Add(key.AsSpan()).Add(certificate));

    public void Counters(ulong lastSequenceNumber) => Journal.Append(Start(TopicRecord.Counters, null).Add(lastSequenceNumber));

    /// <summary>Records the deliveries that are not over again.</summary>
    public void Snapshot()
    {
        lock (_gate)
        {
            foreach (var (number, delivery) in _pending)
            {
                Record(number, delivery);
            }
        }
    }

    private void Record(long number, PendingDelivery delivery)
    {
        var message = delivery.Message;
        var record = Start(TopicRecord.Pending, delivery.SubscriptionArn)
            .Add(number)
            .Add(delivery.NotificationId)
            .Add(message.Body.AsSpan())
            .Add(message.GroupId)
            .Add(message.DeduplicationId)
            .Add(message.SenderId);
        Queues.AttributeRecord.Add(record, message.Attributes);
        Journal.Append(record);
    }

    private static RecordWriter Whole(TopicRecord kind, Subscription subscription) => Start(kind, subscription.Arn)
        .Add(subscription.Topic.Arn)
        .Add(subscription.Protocol)
        .Add(subscription.Endpoint)
        .Add(subscription.At.UtcTicks)
        .Add(subscription.Token)
        .Add(subscription.IsPending)
        .Add(subscription.WasAsked)
        .Add(subscription.ConfirmedWithSignature)
        .Add(subscription.RequiresSignature)
        .Add(subscription.Principal)
        .Add(subscription.Attributes);

    private static RecordWriter Start(TopicRecord kind, string? arn) => RecordWriter.Start(RecordOwner.Sns, (byte)kind).Add(arn);
}
