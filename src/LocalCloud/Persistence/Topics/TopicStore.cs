using LocalCloud.Sns;
using LocalCloud.Sqs;

namespace LocalCloud.Persistence.Topics;

/// <summary>SNS's side of the journal.</summary>
internal sealed class TopicStore(SnsService sns) : IPersistent
{
    private TopicsImage _image = new();

    public RecordOwner Owner => RecordOwner.Sns;

    public void Replay(ref RecordReader record)
    {
        var kind = (TopicRecord)record.Byte();
        var arn = record.TextOrNull();
        switch (kind)
        {
            case TopicRecord.Topic:
                Define(Topic(arn!), ref record);
                break;
            case TopicRecord.TopicDeleted:
                _image.Topics.Remove(arn!);
                Forget(_image.Subscriptions, arn!);
                Forget(_image.Ended, arn!);
                break;
            case TopicRecord.Subscription:
                _image.Subscriptions[arn!] = Subscription(arn!, ref record);
                _image.Ended.Remove(arn!);
                break;
            case TopicRecord.Ended:
                _image.Ended[arn!] = Subscription(arn!, ref record);
                _image.Subscriptions.Remove(arn!);
                break;
            case TopicRecord.Archived:
                var archived = ArchivedMessage.Read(ref record);
                Topic(arn!).Archive[archived.SequenceNumber] = archived;
                break;
            case TopicRecord.Unsubscribed:
                _image.Subscriptions.Remove(arn!);
                break;
            case TopicRecord.Remembered:
                Remember(Topic(arn!), new(record.TextOrNull(), record.Text(), record.Long(), (record.Guid(), record.ULong())));
                break;
            case TopicRecord.Pending:
                _image.Pending[record.Long()] = Delivery(arn!, ref record);
                break;
            case TopicRecord.Delivered:
                _image.Pending.Remove(record.Long());
                break;
            case TopicRecord.Key:
                _image.Signer = (record.Bytes(), record.Text());
                break;
            case TopicRecord.Counters:
                _image.LastSequenceNumber = Math.Max(_image.LastSequenceNumber, record.ULong());
                break;
            default:
                throw new InvalidDataException($"SNS has no records of kind {(byte)kind}.");
        }
    }

    public void Restore(Journal journal)
    {
        sns.Restore(_image);
        sns.Journal = new TopicJournal(journal, sns.Unfinished);
        _image = new();
    }

    public void Snapshot() => sns.Snapshot();

    private static void Define(TopicImage topic, ref RecordReader record)
    {
        var before = topic.Definition;
        topic.Definition = new(record.Text(), record.Bool(), record.Int(), record.Map(), record.Map()) { DataProtectionPolicy = record.TextOrNull(), ArchivedSince = record.LongOrNull() };
        if (topic.Definition.ArchivedSince is null || (before is not null && before.ArchivedSince != topic.Definition.ArchivedSince))
        {
            topic.Archive.Clear();
        }
    }

    private static void Forget(Dictionary<string, SubscriptionImage> subscriptions, string topicArn)
    {
        foreach (var subscription in subscriptions.Values.Where(subscription => subscription.TopicArn == topicArn).ToList())
        {
            subscriptions.Remove(subscription.Arn);
        }
    }

    private static SubscriptionImage Subscription(string arn, ref RecordReader record) =>
        new(arn, record.Text(), record.Text(), record.Text(), new DateTimeOffset(record.Long(), TimeSpan.Zero))
        {
            Token = record.TextOrNull(),
            IsPending = record.Bool(),
            WasAsked = record.Bool(),
            ConfirmedWithSignature = record.Bool(),
            RequiresSignature = record.Bool(),
            Principal = record.Text(),
            Attributes = record.Map(),
        };

    private static PendingDelivery Delivery(string arn, ref RecordReader record)
    {
        var (id, body) = (record.Guid(), record.Bytes());
        var (group, deduplication, sender) = (record.TextOrNull(), record.TextOrNull(), record.Text());
        var message = new NewMessage(body, Queues.AttributeRecord.Read(ref record)) { GroupId = group, DeduplicationId = deduplication, SenderId = sender };
        return new(arn, id, message);
    }

    private TopicImage Topic(string arn)
    {
        if (!_image.Topics.TryGetValue(arn, out var topic))
        {
            _image.Topics[arn] = topic = new TopicImage();
        }

        return topic;
    }

    private void Remember(TopicImage topic, Remembered<(Guid MessageId, ulong SequenceNumber)> entry)
    {
        topic.Deduplication[(entry.Group, entry.Id)] = entry;
        _image.LastSequenceNumber = Math.Max(_image.LastSequenceNumber, entry.Value.SequenceNumber);
    }
}
