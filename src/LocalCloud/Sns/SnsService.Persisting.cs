using System.Collections.Immutable;
using LocalCloud.Persistence;
using LocalCloud.Persistence.Topics;
using LocalCloud.Sqs;

namespace LocalCloud.Sns;

/// <content>Topics and subscriptions out of a journal, and all of them into one.</content>
internal sealed partial class SnsService
{
    private static readonly long Window = DeduplicationWindow<(Guid MessageId, ulong SequenceNumber)>.Window;

    /// <summary>What the process before had not delivered to HTTP endpoints yet, by number.</summary>
    public IReadOnlyDictionary<long, PendingDelivery> Unfinished { get; private set; } = new Dictionary<long, PendingDelivery>();

    /// <summary>Takes over what a journal had, before anybody calls. The queues are there already.</summary>
    public void Restore(TopicsImage image)
    {
        foreach (var (arn, topic) in image.Topics.Where(topic => topic.Value.Definition is not null))
        {
            _topics[arn] = Restored(arn, topic.Definition!);
            _topics[arn].Deduplication.Restore(topic.Deduplication.Values);
            foreach (var message in topic.Archive.Values.Where(message => message.At.UtcTicks >= topic.Definition!.ArchivedSince))
            {
                _topics[arn].Archive?.Add(message.Of(_topics[arn]));
            }
        }

        foreach (var subscription in image.Subscriptions.Values.OrderBy(subscription => subscription.At).Where(subscription => _topics.ContainsKey(subscription.TopicArn)))
        {
            var restored = Restored(subscription);
            restored.Topic.Subscriptions = restored.Topic.Subscriptions.Add(restored);
            _subscriptions[restored.Arn] = restored;
        }

        foreach (var subscription in image.Ended.Values.Where(subscription => _topics.ContainsKey(subscription.TopicArn)))
        {
            _ended[subscription.Token!] = Restored(subscription);
        }

        if (image.Signer is { } signer)
        {
            Signer.Restore(signer.Key, signer.Certificate);
        }

        _lastSequenceNumber = Math.Max(_lastSequenceNumber, image.LastSequenceNumber);
        Unfinished = image.Pending;
    }

    /// <summary>Goes on with what the process before had not delivered yet. The retries of each start anew.</summary>
    public void Resume()
    {
        foreach (var (number, delivery) in Unfinished.OrderBy(delivery => delivery.Key))
        {
            if (_subscriptions.TryGetValue(delivery.SubscriptionArn, out var subscription))
            {
                _courier.Resume(number, delivery, subscription);
            }
            else
            {
                Journal?.Delivered(number);
            }
        }

        Unfinished = new Dictionary<long, PendingDelivery>();
        var now = Time.GetUtcNow();
        // A mail that asked went with the mailbox: it is written again.
        foreach (var subscription in Subscriptions.Where(subscription => subscription is { IsPending: true, WasAsked: false } && !subscription.IsExpired(now)))
        {
            _courier.AskForConfirmation(subscription, now, baseUrl: null);
        }

        foreach (var subscription in _ended.Values.Where(subscription => !subscription.WasAsked && !subscription.IsExpired(now)))
        {
            _courier.AskForReturn(subscription, now, baseUrl: null);
        }
    }

    /// <summary>Records everything again, a topic after the other.</summary>
    public void Snapshot()
    {
        Journal!.Counters(Interlocked.Read(ref _lastSequenceNumber));
        Signer.Snapshot();
        lock (_gate)
        {
            foreach (var ended in _ended.Values)
            {
                Journal.Ended(ended);
            }
        }

        foreach (var topic in _topics.Values)
        {
            lock (_gate)
            {
                if (!_topics.ContainsKey(topic.Arn))
                {
                    continue;
                }

                Journal.Defined(topic);
                foreach (var subscription in topic.Subscriptions)
                {
                    Journal.Defined(subscription);
                }
            }

            Remembered<(Guid, ulong)>[] remembered;
            Notification[] archived;
            lock (topic.Gate)
            {
                remembered = topic.Deduplication.Entries();
                archived = [.. topic.Archive?.Messages ?? []];
            }

            foreach (var entry in remembered)
            {
                Journal.Remembered(topic, entry);
            }

            foreach (var notification in archived)
            {
                Journal.Archived(notification);
            }

            Journal.Journal.Write();
        }

        Journal.Snapshot();
    }

    private static Topic Restored(string arn, TopicDefinition definition)
    {
        var topic = new Topic(definition.Name, arn, definition.IsFifo)
        {
            Attributes = definition.Attributes.ToImmutableDictionary(),
            Tags = definition.Tags.ToImmutableDictionary(),
            DeletedSubscriptions = definition.DeletedSubscriptions,
            DataProtectionPolicy = definition.DataProtectionPolicy,
        };
        if (definition.ArchivedSince is { } since)
        {
            topic.KeepArchive(new DateTimeOffset(since, TimeSpan.Zero));
        }

        return topic;
    }

    private Subscription Restored(SubscriptionImage image)
    {
        var topic = _topics[image.TopicArn];
        var subscription = new Subscription(image.Arn, topic, image.Protocol, image.Endpoint)
        {
            At = image.At,
            Token = image.Token,
            IsPending = image.IsPending,
            WasAsked = image.WasAsked,
            ConfirmedWithSignature = image.ConfirmedWithSignature,
            RequiresSignature = image.RequiresSignature,
            Principal = image.Principal,
        };
        SubscriptionAttribute.Apply(subscription, image.Attributes, this, _sqs);
        return subscription;
    }

    // Under the lock, like the change before it. A topic that was deleted meanwhile must not come back.
    private void Record(Topic topic)
    {
        if (_topics.GetValueOrDefault(topic.Arn) == topic)
        {
            Journal?.Defined(topic);
        }
    }

    private void Record(Subscription subscription)
    {
        if (_subscriptions.ContainsKey(subscription.Arn))
        {
            Journal?.Defined(subscription);
        }
    }

    // A question with an older token than the latest is void.
    private void RecordAsked(Subscription subscription, string? token)
    {
        lock (_gate)
        {
            if (subscription.Token != token)
            {
                return;
            }

            subscription.WasAsked = true;
            Record(subscription);
            if (token is not null && _ended.ContainsKey(token))
            {
                Journal?.Ended(subscription);
            }
        }
    }
}
