using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using LocalCloud.Accounting;
using LocalCloud.Email;
using LocalCloud.Persistence.Topics;
using LocalCloud.Sns.Delivery;
using LocalCloud.Sns.Filtering;
using LocalCloud.Sqs;

namespace LocalCloud.Sns;

/// <summary>The topics and subscriptions of the account. Everything here is plain C#: the protocol is elsewhere.</summary>
internal sealed partial class SnsService : IAsyncDisposable
{
    private readonly CloudOptions _options;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Subscription> _ended = new(StringComparer.Ordinal);
    private readonly SqsService _sqs;
    private readonly Courier _courier;
    private ulong _lastSequenceNumber = 10_000_000_000_000_000_000;

    public SnsService(CloudOptions options, SqsService sqs, Mailbox mailbox, RequestLedger ledger)
    {
        (_options, _sqs) = (options, sqs);
        Signer = new Signer((key, certificate) => Journal?.Signs(key, certificate));
        Envelopes = new Envelope(() => Endpoint, Signer);
        _courier = new Courier(sqs, mailbox, Envelopes, ledger, options, () => Journal, RecordAsked);
    }

    /// <summary>Where the services listen; known once the server has started.</summary>
    public Uri Endpoint { get; set; } = new("http://127.0.0.1");

    /// <summary>Invokes a function asynchronously, by its ARN; false when it cannot take the event.</summary>
    public Func<string, byte[], bool> InvokeFunction
    {
        set => _courier.InvokeFunction = value;
    }

    /// <summary>The keys that encrypt topics.</summary>
    public Kms.KmsKeys Keys => _sqs.Keys;

    public TimeProvider Time => _options.Time;

    public string AccountId => _options.AccountId;

    public Signer Signer { get; }

    /// <summary>Where all that happens to topics is recorded; null when they live in memory only.</summary>
    public TopicJournal? Journal { get; set; }

    public Envelope Envelopes { get; }

    public IEnumerable<Topic> Topics => _topics.Values.OrderBy(topic => topic.Arn, StringComparer.Ordinal);

    public IEnumerable<Subscription> Subscriptions => _subscriptions.Values.OrderBy(subscription => subscription.Arn, StringComparer.Ordinal);

    public Topic? Find(string arn) => _topics.GetValueOrDefault(arn);

    /// <exception cref="Http.ServiceException">There is no such topic.</exception>
    public Topic Topic(string arn)
    {
        if (!_topics.TryGetValue(arn, out var topic))
        {
            CheckArn(arn);
            throw SnsError.NotFound("Topic");
        }

        foreach (var forgotten in topic.Subscriptions.Where(subscription => subscription.IsForgotten(Time.GetUtcNow())))
        {
            Unsubscribe(forgotten.Arn, isSigned: true);
        }

        return topic;
    }

    /// <exception cref="Http.ServiceException">There is no such subscription.</exception>
    public Subscription Subscription(string arn) => _subscriptions.GetValueOrDefault(arn)
        ?? throw (arn.StartsWith("arn:", StringComparison.Ordinal) ? SnsError.NotFound("Subscription") : SnsError.InvalidParameter("SubscriptionArn"));

    /// <summary>The topic of that name; a second create with the same attributes gives the same topic.</summary>
    public Topic Create(string name, Dictionary<string, string> attributes, Dictionary<string, string> tags)
    {
        var fifo = attributes.Remove("FifoTopic", out var wanted) && wanted == "true";
        TopicName.Check(name, fifo);
        foreach (var (attribute, value) in attributes)
        {
            TopicAttribute.Check(attribute, value, fifo);
        }

        lock (_gate)
        {
            var arn = $"arn:aws:sns:{_options.Region}:{_options.AccountId}:{name}";
            if (_topics.TryGetValue(arn, out var existing))
            {
                return attributes.Any(given => existing.Attributes.GetValueOrDefault(given.Key) != given.Value)
                    ? throw SnsError.InvalidParameter("Attributes Reason: Topic already exists with different attributes")
                    : tags.Any(given => existing.Tags.GetValueOrDefault(given.Key) != given.Value)
                    ? throw SnsError.InvalidParameter("Tags Reason: Topic already exists with different tags")
                    : existing;
            }

            if (_topics.Count >= Limits.Topics)
            {
                throw SnsError.TopicLimit();
            }

            var topic = new Topic(name, arn, fifo) { Attributes = attributes.ToImmutableDictionary() };
            AddTags(topic, tags);
            topic.KeepArchive(Time.GetUtcNow());
            _topics[arn] = topic;
            Journal?.Defined(topic);
            return topic;
        }
    }

    /// <summary>Deletes the topic with its subscriptions; one that does not exist is no error.</summary>
    public void Delete(string arn)
    {
        CheckArn(arn);
        lock (_gate)
        {
            if (_topics.TryGetValue(arn, out var archived) && archived.Archive is not null)
            {
                throw SnsError.InvalidState($"Topic {archived.Name} has an active message archive policy. Deactivate it first: set ArchivePolicy to {{}}.");
            }

            if (_topics.TryRemove(arn, out var topic))
            {
                Journal?.Deleted(topic);
                foreach (var subscription in topic.Subscriptions)
                {
                    _subscriptions.TryRemove(subscription.Arn, out _);
                }
            }
        }
    }

    public void SetAttribute(Topic topic, string name, string value)
    {
        TopicAttribute.Check(name, value, topic.IsFifo);
        lock (_gate)
        {
            if (name == "MaximumMessageSize" && int.Parse(value, CultureInfo.InvariantCulture) > Limits.PublishBytes && topic.Subscriptions.Any(subscription => subscription.Protocol is not ("sqs" or "lambda")))
            {
                throw SnsError.InvalidParameter($"MaximumMessageSize Reason: more than {Limits.PublishBytes} can be delivered to sqs and lambda only, and the topic has other subscriptions");
            }

            // An archive is deactivated by an empty policy.
            topic.Attributes = value.Length == 0 || (name == ArchivePolicy.Attribute && ArchivePolicy.Days(value) is null)
                ? topic.Attributes.Remove(name)
                : topic.Attributes.SetItem(name, value);
            topic.KeepArchive(Time.GetUtcNow());
            Record(topic);
        }
    }

    /// <summary>Keeps the policy with the topic.</summary>
    public void SetDataProtection(Topic topic, string policy)
    {
        lock (_gate)
        {
            topic.DataProtectionPolicy = policy;
            Record(topic);
        }
    }

    public void AddTags(Topic topic, Dictionary<string, string> tags)
    {
        lock (_gate)
        {
            foreach (var (key, value) in tags)
            {
                if (key.Length is 0 or > 128 || value.Length > 256 || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                {
                    throw SnsError.InvalidParameter("Tags Reason: a key has 1 to 128 characters and does not begin with aws:, a value has at most 256");
                }
            }

            var all = topic.Tags.SetItems(tags);
            topic.Tags = all.Count <= Limits.Tags ? all : throw SnsError.TagLimit();
            Record(topic);
        }
    }

    public void RemoveTags(Topic topic, IEnumerable<string> keys)
    {
        lock (_gate)
        {
            topic.Tags = topic.Tags.RemoveRange(keys);
            Record(topic);
        }
    }

    /// <summary>The subscription of that endpoint; a second subscribe with the same attributes gives the same subscription, and asks again if nobody has confirmed it.</summary>
    public Subscription Subscribe(Topic topic, string protocol, string endpoint, Dictionary<string, string> attributes, string principal, string? baseUrl = null)
    {
        SubscriptionEndpoint.Check(topic, protocol, endpoint);
        lock (_gate)
        {
            if (topic.Subscriptions.FirstOrDefault(subscription => subscription.Protocol == protocol && subscription.Endpoint == endpoint) is { } existing)
            {
                if (attributes.Any(given => existing.Attributes.GetValueOrDefault(given.Key) != given.Value))
                {
                    throw SnsError.InvalidParameter("Attributes Reason: Subscription already exists with different attributes");
                }

                Ask(existing, baseUrl);
                return existing;
            }

            if (_subscriptions.Count >= Limits.Subscriptions)
            {
                throw SnsError.SubscriptionLimit();
            }

            var subscription = new Subscription($"{topic.Arn}:{Guid.NewGuid()}", topic, protocol, endpoint) { Principal = principal, IsPending = protocol is not ("sqs" or "lambda") };
            SubscriptionAttribute.Apply(subscription, attributes, this, _sqs, "Attributes Reason: ");
            topic.Subscriptions = topic.Subscriptions.Add(subscription);
            _subscriptions[subscription.Arn] = subscription;
            Record(subscription);
            Ask(subscription, baseUrl);
            Replay(subscription);
            return subscription;
        }
    }

    public void SetAttribute(Subscription subscription, string name, string value)
    {
        lock (_gate)
        {
            SubscriptionAttribute.Apply(subscription, new() { [name] = value }, this, _sqs);
            Record(subscription);
            if (name == ReplayPolicy.Attribute)
            {
                Replay(subscription);
            }
        }
    }

    /// <summary>Ends a subscription; one that does not exist is no error. An HTTP endpoint is told, and may come back within two days.</summary>
    /// <exception cref="Http.ServiceException">It was confirmed so that only a signed request may end it.</exception>
    public void Unsubscribe(string arn, bool isSigned, string? baseUrl = null)
    {
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(arn, out var subscription))
            {
                return;
            }

            if (subscription.RequiresSignature && !isSigned)
            {
                throw SnsError.NotAuthorized("the subscription was confirmed with AuthenticateOnUnsubscribe, so unsubscribing takes a signed request");
            }

            _subscriptions.TryRemove(arn, out _);
            subscription.Topic.Subscriptions = subscription.Topic.Subscriptions.Remove(subscription);
            subscription.Topic.DeletedSubscriptions++;
            Journal?.Unsubscribed(subscription);
            Record(subscription.Topic);
            if (!subscription.IsPending && subscription.Protocol is "http" or "https")
            {
                Remember(subscription);
                _courier.AskForReturn(subscription, Time.GetUtcNow(), baseUrl);
            }
        }
    }

    /// <exception cref="Http.ServiceException">The token is none that a subscription of the topic waits for, or older than two days.</exception>
    public Subscription Confirm(Topic topic, string token, bool isSigned, bool requireSignature)
    {
        lock (_gate)
        {
            if (_ended.TryGetValue(token, out var ended) && ended.Topic == topic && !ended.IsExpired(Time.GetUtcNow()))
            {
                _ended.Remove(token);
                if (topic.Subscriptions.FirstOrDefault(other => other.Protocol == ended.Protocol && other.Endpoint == ended.Endpoint) is { } newer)
                {
                    return newer;
                }

                topic.Subscriptions = topic.Subscriptions.Add(ended);
                topic.DeletedSubscriptions--;
                _subscriptions[ended.Arn] = ended;
                Record(topic);
                Record(ended);
                return ended;
            }

            var subscription = topic.Subscriptions.FirstOrDefault(subscription => subscription.Token == token) ?? throw SnsError.InvalidParameter("Token");
            if (!subscription.IsPending)
            {
                return subscription;
            }

            if (subscription.IsExpired(Time.GetUtcNow()))
            {
                throw SnsError.InvalidParameter("Token Reason: it is older than two days. Subscribe again to get a new one");
            }

            (subscription.IsPending, subscription.ConfirmedWithSignature, subscription.RequiresSignature) = (false, isSigned, isSigned && requireSignature);
            Record(subscription);
            return subscription;
        }
    }

    /// <summary>Sends a message to every subscription whose filter lets it pass. A FIFO topic drops what repeats a message of the last five minutes.</summary>
    public (Guid MessageId, ulong? SequenceNumber) Publish(Notification notification)
    {
        var topic = notification.Topic;
        if (!topic.IsFifo)
        {
            Deliver(notification);
            return (notification.Id, null);
        }

        lock (topic.Gate)
        {
            var now = notification.At.ToUnixTimeMilliseconds();
            var scope = topic.DeduplicatesPerGroup ? notification.GroupId : null;
            if (topic.Deduplication.TryGet(scope, notification.DeduplicationId!, now, out var first))
            {
                return first;
            }

            if (topic.Deduplication.IsFull)
            {
                throw new Http.ServiceException("Throttled", $"Topic {topic.Name} remembers {Limits.DeduplicationIds} deduplication ids, the most it may. Publish more slowly.", status: 429);
            }

            var numbered = notification with { SequenceNumber = Interlocked.Add(ref _lastSequenceNumber, 1000) };
            topic.Deduplication.Add(scope, notification.DeduplicationId!, now, (numbered.Id, numbered.SequenceNumber.Value));
            topic.Archive?.Add(numbered);
            Deliver(numbered);
            // Last: if this process ends before, the publisher tries again, and the queues drop what they have.
            if (topic.Archive is not null)
            {
                Journal?.Archived(numbered);
            }

            Journal?.Remembered(topic, new(scope, notification.DeduplicationId!, now + Window, (numbered.Id, numbered.SequenceNumber.Value)));
            return (numbered.Id, numbered.SequenceNumber);
        }
    }

    /// <summary>How many subscriptions have a filter policy: of one topic, and of all.</summary>
    public (int OfTopic, int All) CountFilters(Topic topic) =>
        (topic.Subscriptions.Count(subscription => subscription.Filter is not null), _subscriptions.Values.Count(subscription => subscription.Filter is not null));

    public ValueTask DisposeAsync() => _courier.DisposeAsync();

    private static void CheckArn(string arn)
    {
        var elements = arn.Split(':').Length;
        if (!arn.StartsWith("arn:", StringComparison.Ordinal) || elements != 6)
        {
            throw SnsError.InvalidParameter($"TopicArn Reason: An ARN must have at least 6 elements, not {elements}");
        }
    }

    // In the order of the first time, under the topic's lock: what is published meanwhile comes after it.
    private void Replay(Subscription subscription)
    {
        if (subscription.Attributes.GetValueOrDefault(ReplayPolicy.Attribute) is not { } json || ReplayPolicy.Parse(json) is not { } policy)
        {
            return;
        }

        lock (subscription.Topic.Gate)
        {
            foreach (var notification in subscription.Topic.Archive?.Between(policy.From, policy.To ?? Time.GetUtcNow(), Time.GetUtcNow()) ?? [])
            {
                var again = notification with { IsReplayed = true };
                if (subscription.Filter?.Matches(new FilterInput(again)) != false)
                {
                    _courier.Deliver(again, subscription);
                }
            }
        }
    }

    private void Ask(Subscription subscription, string? baseUrl)
    {
        if (subscription.IsPending)
        {
            subscription.Renew(Time.GetUtcNow());
            Record(subscription);
            _courier.AskForConfirmation(subscription, Time.GetUtcNow(), baseUrl);
        }
    }

    private void Remember(Subscription ended)
    {
        foreach (var (token, _) in _ended.Where(entry => entry.Value.IsExpired(Time.GetUtcNow())).ToList())
        {
            _ended.Remove(token);
        }

        ended.Renew(Time.GetUtcNow());
        if (_ended.Count < Limits.EndedSubscriptions)
        {
            _ended[ended.Token!] = ended;
            Journal?.Ended(ended);
        }
    }

    private void Deliver(Notification notification)
    {
        var values = new FilterInput(notification);
        foreach (var subscription in notification.Topic.Subscriptions)
        {
            if (!subscription.IsPending && subscription.Filter?.Matches(values) != false)
            {
                _courier.Deliver(notification, subscription);
            }
        }
    }
}
