using LocalCloud.Persistence;
using LocalCloud.Persistence.Queues;

namespace LocalCloud.Sqs;

/// <content>The queue out of a journal, and into one.</content>
internal sealed partial class Queue
{
    // Messages recorded under one hold of the lock, so that a compaction does not keep consumers waiting.
    private const int AtOnce = 500;

    /// <summary>The queue as its records tell: what was hidden is so until its time, what is too old goes with the first look.</summary>
    public static Queue Restore(SqsService service, long key, QueueImage image)
    {
        var definition = image.Definition!;
        var queue = new Queue(service, definition.Name, service.ArnOf(definition.Name), key, definition.Settings)
        {
            CreatedAt = definition.CreatedAt,
            LastModifiedAt = definition.LastModifiedAt,
            _lastKey = image.LastKey,
            _lastReceipt = image.LastReceipt,
            _purgedAt = image.PurgedAt,
        };
        foreach (var (name, value) in definition.Tags)
        {
            queue.Tags[name] = value;
        }

        foreach (var message in image.Messages.Values.OrderBy(message => message.Key))
        {
            queue.Restore(message);
        }

        queue._deduplication?.Restore(image.Deduplication.Values);
        foreach (var (id, attempt) in image.Attempts.OrderBy(attempt => attempt.Value.Until))
        {
            queue.Restore(id, attempt);
        }

        return queue;
    }

    /// <summary>Records everything again, in pieces.</summary>
    public void Snapshot()
    {
        var journal = _service.Journal!;
        Message[] messages;
        Remembered<SendResult>[] remembered;
        lock (_gate)
        {
            RecordDefinition();
            messages = [.. _byAge];
            remembered = _deduplication?.Entries() ?? [];
            foreach (var (id, until, received) in _attempts.Remembered())
            {
                journal.Attempted(this, id, until, received);
            }
        }

        // An id never changes, and one that is too old says so: no lock.
        foreach (var entry in remembered)
        {
            journal.Remembered(this, entry);
        }

        // Those that came meanwhile were recorded when they came.
        foreach (var piece in messages.Chunk(AtOnce))
        {
            lock (_gate)
            {
                foreach (var message in piece.Where(message => message.State != MessageState.Gone))
                {
                    journal.Sent(this, message);
                }
            }

            journal.Journal.Write();
        }
    }

    private void RecordDefinition()
    {
        if (!_deleted)
        {
            _service.Journal?.Defined(this, _lastKey, _lastReceipt, _purgedAt);
        }
    }

    private void Restore(Message message)
    {
        var until = message.VisibleAt;
        _service.Stored.Move(message);
        _messages.Add(message.Key, message);
        message.AgePlace = _byAge.AddLast(message);
        if (until > Now && message.LastReceivedAt == 0)
        {
            Hide(message, MessageState.Delayed, until);
        }

        _backlog.Add(message);
        if (until > Now && message.LastReceivedAt != 0)
        {
            _backlog.Take(message);
            Hide(message, MessageState.InFlight, until);
            _backlog.EndReceive();
        }
    }

    private void Restore(string id, AttemptImage attempt)
    {
        List<Received> received = [];
        foreach (var (key, handle, count, first) in attempt.Messages)
        {
            if (_messages.TryGetValue(key, out var message))
            {
                received.Add(new(message, handle, count, first));
            }
        }

        // An attempt with a message that is gone is not repeated.
        if (received.Count == attempt.Messages.Count)
        {
            _attempts.Remember(id, received, attempt.Until - ReceiveAttempts.Window);
        }
    }
}
