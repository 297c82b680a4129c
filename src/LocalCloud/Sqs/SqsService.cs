using System.Collections.Concurrent;
using LocalCloud.Faults;
using LocalCloud.Kms;
using LocalCloud.Persistence.Queues;

namespace LocalCloud.Sqs;

/// <summary>The queues of the account. Everything here is plain C#: the protocols are elsewhere.</summary>
internal sealed partial class SqsService
{
    private const long SecondsUntilNameIsFree = 60;

    private readonly CloudOptions _options;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Queue> _queues = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Queue>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly Dictionary<string, DateTimeOffset> _deleted = new(StringComparer.Ordinal);
    private long _lastKey;
    private ulong _lastSequenceNumber = 10_000_000_000_000_000_000;

    public SqsService(CloudOptions options)
    {
        _options = options;
        MoveTasks = new MoveTasks(this);
        Keys = new KmsKeys(options);
        _byName = _queues.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public TimeProvider Time => _options.Time;

    /// <summary>The keys that encrypt queues.</summary>
    public KmsKeys Keys { get; init; }

    public string AccountId => _options.AccountId;

    public string Region => _options.Region;

    /// <summary>What goes wrong with messages of standard queues.</summary>
    public FaultInjector Faults { get; init; } = new(null);

    public StoredBytes Stored { get; } = new();

    public MoveTasks MoveTasks { get; }

    /// <summary>Where all that happens to queues is recorded; null when they live in memory only.</summary>
    public QueueJournal? Journal { get; set; }

    /// <summary>All queues, by name.</summary>
    public IEnumerable<Queue> Queues => _queues.Values.OrderBy(queue => queue.Name, StringComparer.Ordinal);

    public string ArnOf(string name) => $"arn:aws:sqs:{_options.Region}:{_options.AccountId}:{name}";

    /// <summary>A number of 20 digits that no message got before.</summary>
    public ulong NextSequenceNumber() => Interlocked.Add(ref _lastSequenceNumber, 256);

    public Queue? Find(ReadOnlySpan<char> name) => _byName.TryGetValue(name, out var queue) ? queue : null;

    public Queue? FindByArn(string arn)
    {
        var colon = arn.LastIndexOf(':');
        return colon > 0 && Find(arn.AsSpan(colon + 1)) is { } queue && queue.Arn == arn ? queue : null;
    }

    /// <summary>The queue of that name; a second create with the same attributes gives the same queue.</summary>
    /// <exception cref="Http.ServiceException">The name or an attribute is not valid, or the queue exists with other attributes.</exception>
    public Queue Create(string name, IReadOnlyDictionary<string, string> attributes, IReadOnlyDictionary<string, string> tags)
    {
        var settings = QueueName.SettingsFor(name, attributes);
        var given = attributes.Where(attribute => attribute.Key != "FifoQueue").ToList();
        settings = QueueAttribute.Apply(settings, given);
        CheckRedrive(settings, ArnOf(name));
        lock (_gate)
        {
            if (_queues.TryGetValue(name, out var existing))
            {
                var differs = given.Find(attribute => QueueAttribute.All[attribute.Key].Get(existing.Settings) != QueueAttribute.All[attribute.Key].Get(settings));
                return differs.Key is null ? existing : throw SqsError.QueueNameExists(differs.Key);
            }

            if (_deleted.TryGetValue(name, out var at) && (Time.GetUtcNow() - at).TotalSeconds < SecondsUntilNameIsFree)
            {
                throw SqsError.QueueDeletedRecently();
            }

            if (_queues.Count >= Limits.Queues)
            {
                throw SqsError.OverLimit($"LocalCloud has {Limits.Queues} queues, the most it may. Delete some first.");
            }

            var queue = new Queue(this, name, ArnOf(name), ++_lastKey, settings);
            queue.ChangeTags(own => QueueTags.Add(own, tags));
            _queues[name] = queue;
            return queue;
        }
    }

    /// <exception cref="Http.ServiceException">An attribute is unknown, not for this type of queue, or has an invalid value.</exception>
    public void SetAttributes(Queue queue, IReadOnlyDictionary<string, string> attributes)
    {
        if (attributes.ContainsKey("FifoQueue"))
        {
            throw SqsError.InvalidAttributeName("FifoQueue can be set only when the queue is created.");
        }

        CheckRedrive(QueueAttribute.Apply(queue.Settings, attributes), queue.Arn, attributes.ContainsKey("RedrivePolicy"));
        queue.Change(settings => QueueAttribute.Apply(settings, attributes));
    }

    public void Delete(Queue queue)
    {
        lock (_gate)
        {
            _queues.TryRemove(queue.Name, out _);
            foreach (var (name, _) in _deleted.Where(entry => (Time.GetUtcNow() - entry.Value).TotalSeconds >= SecondsUntilNameIsFree).ToList())
            {
                _deleted.Remove(name);
            }

            _deleted[queue.Name] = Time.GetUtcNow();
        }

        queue.Close(deleted: true);
    }

    /// <summary>The queues whose redrive policy names this queue, by name.</summary>
    public IEnumerable<Queue> SourcesOf(Queue deadLetterQueue) => Queues.Where(queue => queue.Settings.RedrivePolicy?.DeadLetterTargetArn == deadLetterQueue.Arn);

    /// <summary>Ends all long polls with an empty answer.</summary>
    public void Close()
    {
        MoveTasks.Dispose();
        foreach (var queue in _queues.Values)
        {
            queue.Close(deleted: false);
        }
    }

    private void CheckRedrive(QueueSettings settings, string sourceArn, bool check = true)
    {
        if (!check || settings.RedrivePolicy is not { } policy)
        {
            return;
        }

        var value = policy.ToJson();
        var target = FindByArn(policy.DeadLetterTargetArn)
            ?? throw SqsError.InvalidValue("RedrivePolicy", value, "Dead letter target does not exist.");
        if (target.Settings.IsFifo != settings.IsFifo)
        {
            throw SqsError.InvalidValue("RedrivePolicy", value, "Dead-letter queue must be same type of queue as the source.");
        }

        if (target.Settings.RedriveAllowPolicy is { } allow && RedriveAllowance.TryParse(allow)?.Allows(sourceArn) == false)
        {
            throw SqsError.InvalidValue("RedrivePolicy", value, "Dead-letter queue does not allow this source queue: see its RedriveAllowPolicy.");
        }
    }
}
