using LocalCloud.Sqs;

namespace LocalCloud.Persistence.Queues;

/// <summary>SQS's side of the journal: reads its records into images, makes queues of them, and writes all of it again.</summary>
internal sealed class QueueStore(SqsService sqs) : IPersistent
{
    private Dictionary<long, QueueImage> _images = [];
    private Dictionary<string, long> _deleted = new(StringComparer.Ordinal);
    private long _lastQueue;
    private ulong _lastSequenceNumber;

    public RecordOwner Owner => RecordOwner.Sqs;

    public void Replay(ref RecordReader record)
    {
        var kind = (QueueRecord)record.Byte();
        var key = record.Long();
        _lastQueue = Math.Max(_lastQueue, key);
        if (kind == QueueRecord.Counters)
        {
            _lastSequenceNumber = Math.Max(_lastSequenceNumber, record.ULong());
            return;
        }

        if (!_images.TryGetValue(key, out var image))
        {
            _images[key] = image = new QueueImage();
        }

        Replay(kind, image, ref record);
    }

    public void Restore(Journal journal)
    {
        var queues = _images
            .Where(image => image.Value is { Definition: not null, IsDeleted: false })
            .Select(image => Queue.Restore(sqs, image.Key, image.Value));
        sqs.Restore(queues, _deleted, _lastQueue, _lastSequenceNumber);
        sqs.Journal = new QueueJournal(journal);
        (_images, _deleted) = ([], []);
    }

    public void Snapshot() => sqs.Snapshot();

    private void Replay(QueueRecord kind, QueueImage image, ref RecordReader record)
    {
        switch (kind)
        {
            case QueueRecord.Queue:
                Define(image, ref record);
                break;
            case QueueRecord.Deleted:
                image.IsDeleted = true;
                image.Messages.Clear();
                _deleted[record.Text()] = record.Long();
                break;
            case QueueRecord.Purged:
                image.PurgedAt = record.Long();
                image.Messages.Clear();
                break;
            case QueueRecord.Message:
                Put(image, ref record, out var message);
                Remember(image, message, record.Bool(), record.TextOrNull());
                break;
            case QueueRecord.Moved:
                Put(image, ref record, out _);
                var from = _images.GetValueOrDefault(record.Long());
                from?.Messages.Remove(record.Long());
                break;
            case QueueRecord.Changed:
                Change(image, ref record);
                break;
            case QueueRecord.Removed:
                image.Messages.Remove(record.Long());
                break;
            case QueueRecord.Remembered:
                image.Remember(new(record.TextOrNull(), record.Text(), record.Long(), new SendResult(record.Guid(), record.ULong())));
                break;
            case QueueRecord.Attempt:
                Attempt(image, ref record);
                break;
            default:
                throw new InvalidDataException($"SQS has no records of kind {(byte)kind}.");
        }
    }

    private static void Define(QueueImage image, ref RecordReader record)
    {
        var name = record.Text();
        var (created, modified) = (record.Long(), record.Long());
        image.LastKey = Math.Max(image.LastKey, record.Long());
        image.LastReceipt = Math.Max(image.LastReceipt, record.Long());
        image.PurgedAt = record.LongOrNull() ?? image.PurgedAt;
        image.Definition = new(name, created, modified, SettingsText.Read(record.Bool(), record.Map()), record.Map());
    }

    private void Put(QueueImage image, ref RecordReader record, out Message message)
    {
        message = MessageRecord.Read(ref record);
        image.Put(message);
        _lastSequenceNumber = Math.Max(_lastSequenceNumber, message.SequenceNumber);
    }

    private static void Remember(QueueImage image, Message message, bool deduplicated, string? scope)
    {
        if (deduplicated)
        {
            image.Remember(new(scope, message.DeduplicationId!, message.SentAt + DeduplicationWindow<SendResult>.Window, new SendResult(message.Id, message.SequenceNumber)));
        }
    }

    private static void Change(QueueImage image, ref RecordReader record)
    {
        var message = image.Messages.GetValueOrDefault(record.Long());
        // One that is unknown comes whole, later in the file; its receipt must not be given out again all the same.
        message ??= MessageRecord.Unknown();
        MessageRecord.ReadMutable(ref record, message);
        image.LastReceipt = Math.Max(image.LastReceipt, message.Receipt);
    }

    private static void Attempt(QueueImage image, ref RecordReader record)
    {
        var (id, until) = (record.Text(), record.Long());
        List<(long, string, int, long)> messages = [];
        for (var count = record.Int(); count > 0; count--)
        {
            messages.Add((record.Long(), record.Text(), record.Int(), record.Long()));
        }

        image.Attempts[id] = new(until, messages);
    }
}
