using System.Security.Cryptography;

namespace LocalCloud.Sqs;

/// <summary>A queue: its settings, its messages and those who wait for them. Safe for concurrent use.</summary>
internal sealed partial class Queue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqsService _service;
    private readonly TimeProvider _time;
    private readonly Dictionary<long, Message> _messages = [];
    private readonly LinkedList<Message> _byAge = new();
    private readonly DueHeap _hidden = new();
    private readonly Backlog _backlog;
    private readonly DeduplicationWindow<SendResult>? _deduplication;
    private readonly ReceiveAttempts _attempts = new();
    private readonly Waiters _waiters = new();
    private ITimer? _timer;
    private long _timerDue = long.MaxValue;
    private long _lastKey;
    private long _lastReceipt;
    private long? _purgedAt;
    private int _inFlight;
    private int _delayed;
    private bool _closed;
    private bool _deleted;

    public Queue(SqsService service, string name, string arn, long key, QueueSettings settings)
    {
        (_service, _time, Name, Arn, Key, Settings) = (service, service.Time, name, arn, key, settings);
        _backlog = settings.IsFifo ? new FifoBacklog() : new StandardBacklog();
        _deduplication = settings.IsFifo ? new DeduplicationWindow<SendResult>() : null;
        CreatedAt = LastModifiedAt = Now;
    }

    public string Name { get; }

    public string Arn { get; }

    /// <summary>Differs between a queue and a later one of the same name, so that old receipt handles do not fit.</summary>
    public long Key { get; }

    public QueueSettings Settings { get; private set; }

    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Milliseconds since 1970.</summary>
    public long CreatedAt { get; }

    public long LastModifiedAt { get; private set; }

    /// <summary>The clock of the queue, in milliseconds since 1970.</summary>
    public long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Visible, in flight and delayed messages.</summary>
    public (int Visible, int InFlight, int Delayed) Count()
    {
        lock (_gate)
        {
            Settle();
            return (_messages.Count - _inFlight - _delayed, _inFlight, _delayed);
        }
    }

    public void Change(Func<QueueSettings, QueueSettings> change)
    {
        lock (_gate)
        {
            Settings = change(Settings);
            LastModifiedAt = Now;
        }
    }

    public void ChangeTags(Action<Dictionary<string, string>> change)
    {
        lock (_gate)
        {
            change(Tags);
        }
    }

    /// <summary>Adds a message, unless it repeats one of the last five minutes.</summary>
    public SendResult Send(NewMessage message)
    {
        lock (_gate)
        {
            var now = Now;
            var id = DeduplicationId(message);
            var scope = Settings.DeduplicationScope == "messageGroup" ? message.GroupId : null;
            if (id is not null && _deduplication!.TryGet(scope, id, now, out var first))
            {
                return first;
            }

            if (_deduplication?.IsFull == true)
            {
                throw SqsError.Throttled($"Queue {Name} remembers {Limits.DeduplicationIds} deduplication ids, the most it may. Send more slowly.");
            }

            if (_closed)
            {
                throw SqsError.QueueDoesNotExist();
            }

            var delay = message.DelaySeconds ?? Settings.DelaySeconds;
            var sent = new Message
            {
                Body = message.Body,
                Digest = message.Digest,
                Attributes = message.Attributes,
                TraceHeader = message.TraceHeader,
                GroupId = message.GroupId,
                DeduplicationId = id,
                SenderId = message.SenderId,
                SentAt = now,
            };
            _service.Stored.Add(sent);
            var visibleAt = now + (delay * 1000L);
            if (_service.Faults.Run is { } faults && !Settings.IsFifo)
            {
                visibleAt = Disturb(sent, visibleAt, faults);
            }

            Accept(sent, visibleAt);
            var result = new SendResult(sent.Id, sent.SequenceNumber);
            if (id is not null)
            {
                _deduplication!.Add(scope, id, now, result);
            }

            return result;
        }
    }

    /// <summary>Takes over a message that a redrive policy or a redrive task moves here; false when the queue was deleted.</summary>
    public bool TryAccept(Message message)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _service.Stored.Move(message);
            message.State = MessageState.Visible;
            message.Place = null;
            Accept(message, visibleAt: 0);
            return true;
        }
    }

    /// <exception cref="Http.ServiceException">The queue was purged less than 60 s ago.</exception>
    public void Purge()
    {
        lock (_gate)
        {
            if (_purgedAt is { } last && Now - last < 60_000)
            {
                throw SqsError.PurgeInProgress(Name);
            }

            _purgedAt = Now;
            Clear();
        }
    }

    /// <summary>Wakes all long polls: with an error when the queue was deleted, else with nothing.</summary>
    public void Close(bool deleted)
    {
        lock (_gate)
        {
            (_closed, _deleted) = (true, deleted);
            Clear();
            _waiters.WakeAll();
        }

        Dispose();
    }

    public void Dispose() => _timer?.Dispose();

    private string? DeduplicationId(NewMessage message) =>
        Settings.IsFifo ? message.DeduplicationId ?? Convert.ToHexStringLower(SHA256.HashData(message.Body)) : message.DeduplicationId;

    private void Accept(Message message, long visibleAt)
    {
        message.Key = ++_lastKey;
        message.SequenceNumber = _service.NextSequenceNumber();
        _messages.Add(message.Key, message);
        message.AgePlace = _byAge.AddLast(message);
        if (visibleAt > Now)
        {
            Hide(message, MessageState.Delayed, visibleAt);
        }

        _backlog.Add(message);
        Wake();
    }

    private void Clear()
    {
        while (_byAge.First is { } first)
        {
            Forget(first.Value);
        }
    }
}
