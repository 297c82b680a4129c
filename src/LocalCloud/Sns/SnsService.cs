using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using LocalCloud.Accounting;
using LocalCloud.Sns.Delivery;
using LocalCloud.Sns.Filtering;
using LocalCloud.Sqs;

namespace LocalCloud.Sns;

/// <summary>The topics and subscriptions of the account. Everything here is plain C#: the protocol is elsewhere.</summary>
internal sealed class SnsService : IAsyncDisposable
{
    private readonly CloudOptions _options;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly SqsService _sqs;
    private readonly Courier _courier;
    private ulong _lastSequenceNumber = 10_000_000_000_000_000_000;

    public SnsService(CloudOptions options, SqsService sqs, RequestLedger ledger)
    {
        (_options, _sqs) = (options, sqs);
        Envelopes = new Envelope(() => Endpoint, Signer);
        _courier = new Courier(sqs, Envelopes, ledger, options);
    }

    /// <summary>Where the services listen; known once the server has started.</summary>
    public Uri Endpoint { get; set; } = new("http://127.0.0.1");

    /// <summary>The keys that encrypt topics.</summary>
    public Kms.KmsKeys Keys => _sqs.Keys;

    public TimeProvider Time => _options.Time;

    public string AccountId => _options.AccountId;

    public Signer Signer { get; } = new();

    public Envelope Envelopes { get; }

    public IEnumerable<Topic> Topics => _topics.Values.OrderBy(topic => topic.Arn, StringComparer.Ordinal);

    public IEnumerable<Subscription> Subscriptions => _subscriptions.Values.OrderBy(subscription => subscription.Arn, StringComparer.Ordinal);

    public Topic? Find(string arn) => _topics.GetValueOrDefault(arn);

    /// <exception cref="Http.ServiceException">There is no such topic.</exception>
    public Topic Topic(string arn)
    {
        if (!_topics.TryGetValue(arn, out var topic))
        {
            throw arn.StartsWith("arn:", StringComparison.Ordinal) && arn.Split(':').Length == 6 ? SnsError.NotFound("Topic") : SnsError.InvalidParameter("TopicArn");
        }

        foreach (var forgotten in topic.Subscriptions.Where(subscription => subscription.IsForgotten(Time.GetUtcNow())))
        {
            Unsubscribe(forgotten.Arn);
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
            _topics[arn] = topic;
            return topic;
        }
    }

    /// <summary>Deletes the topic with its subscriptions; one that does not exist is no error.</summary>
    public void Delete(string arn)
    {
        lock (_gate)
        {
            if (_topics.TryRemove(arn, out var topic))
            {
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
            topic.Attributes = value.Length == 0 ? topic.Attributes.Remove(name) : topic.Attributes.SetItem(name, value);
        }
    }

    public void AddTags(Topic topic, Dictionary<string, string> tags)
    {
        lock (_gate)
        {
            var all = topic.Tags.SetItems(tags);
            topic.Tags = all.Count <= Limits.Tags ? all : throw SnsError.TagLimit();
        }
    }

    public void RemoveTags(Topic topic, IEnumerable<string> keys)
    {
        lock (_gate)
        {
            topic.Tags = topic.Tags.RemoveRange(keys);
        }
    }

    /// <summary>The subscription of that endpoint; a second subscribe with the same attributes gives the same subscription.</summary>
    public Subscription Subscribe(Topic topic, string protocol, string endpoint, Dictionary<string, string> attributes, string principal)
    {
        SubscriptionEndpoint.Check(topic, protocol, endpoint);
        lock (_gate)
        {
            if (topic.Subscriptions.FirstOrDefault(subscription => subscription.Protocol == protocol && subscription.Endpoint == endpoint) is { } existing)
            {
                return attributes.All(given => existing.Attributes.GetValueOrDefault(given.Key) == given.Value)
                    ? existing
                    : throw SnsError.InvalidParameter("Attributes Reason: Subscription already exists with different attributes");
            }

            if (_subscriptions.Count >= Limits.Subscriptions)
            {
                throw SnsError.SubscriptionLimit();
            }

            var subscription = new Subscription($"{topic.Arn}:{Guid.NewGuid()}", topic, protocol, endpoint)
            {
                At = Time.GetUtcNow(),
                Principal = principal,
                Token = protocol == "sqs" ? null : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(80)),
                IsPending = protocol != "sqs",
            };
            SubscriptionAttribute.Apply(subscription, attributes, _sqs);
            topic.Subscriptions = topic.Subscriptions.Add(subscription);
            _subscriptions[subscription.Arn] = subscription;
            _courier.AskForConfirmation(subscription, Time.GetUtcNow());
            return subscription;
        }
    }

    public void SetAttribute(Subscription subscription, string name, string value)
    {
        lock (_gate)
        {
            SubscriptionAttribute.Apply(subscription, new() { [name] = value }, _sqs);
        }
    }

    /// <summary>Ends a subscription; one that does not exist is no error.</summary>
    public void Unsubscribe(string arn)
    {
        lock (_gate)
        {
            if (_subscriptions.TryRemove(arn, out var subscription))
            {
                subscription.Topic.Subscriptions = subscription.Topic.Subscriptions.Remove(subscription);
                subscription.Topic.DeletedSubscriptions++;
            }
        }
    }

    /// <exception cref="Http.ServiceException">The token is none that a subscription of the topic waits for.</exception>
    public Subscription Confirm(Topic topic, string token, bool authenticated)
    {
        lock (_gate)
        {
            var subscription = topic.Subscriptions.FirstOrDefault(subscription => subscription.Token == token) ?? throw SnsError.InvalidParameter("Token");
            if (subscription.IsPending)
            {
                (subscription.IsPending, subscription.ConfirmedWithSignature) = (false, authenticated);
            }

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
            Deliver(numbered);
            return (numbered.Id, numbered.SequenceNumber);
        }
    }

    public ValueTask DisposeAsync() => _courier.DisposeAsync();

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
