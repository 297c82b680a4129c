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
        }

        foreach (var subscription in image.Subscriptions.Values.OrderBy(subscription => subscription.At).Where(subscription => _topics.ContainsKey(subscription.TopicArn)))
        {
            Restore(subscription);
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
        foreach (var subscription in Subscriptions.Where(subscription => subscription is { IsPending: true, WasAsked: false }))
        {
            _courier.AskForConfirmation(subscription, Time.GetUtcNow());
        }
    }

    /// <summary>Records everything again, a topic after the other.</summary>
    public void Snapshot()
    {
        Journal!.Counters(Interlocked.Read(ref _lastSequenceNumber));
        Signer.Snapshot();
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
            lock (topic.Gate)
            {
                remembered = topic.Deduplication.Entries();
            }

            foreach (var entry in remembered)
            {
                Journal.Remembered(topic, entry);
            }

            Journal.Journal.Write();
        }

        Journal.Snapshot();
    }

    private static Topic Restored(string arn, TopicDefinition definition) => new(definition.Name, arn, definition.IsFifo)
    {
        Attributes = definition.Attributes.ToImmutableDictionary(),
        Tags = definition.Tags.ToImmutableDictionary(),
        DeletedSubscriptions = definition.DeletedSubscriptions,
    };

    private void Restore(SubscriptionImage image)
    {
        var topic = _topics[image.TopicArn];
        var subscription = new Subscription(image.Arn, topic, image.Protocol, image.Endpoint)
        {
            At = image.At,
            Token = image.Token,
            IsPending = image.IsPending,
            WasAsked = image.WasAsked,
            ConfirmedWithSignature = image.ConfirmedWithSignature,
        };
        SubscriptionAttribute.Apply(subscription, image.Attributes, _sqs);
        topic.Subscriptions = topic.Subscriptions.Add(subscription);
        _subscriptions[subscription.Arn] = subscription;
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

    private void RecordAsked(Subscription subscription)
    {
        lock (_gate)
        {
            subscription.WasAsked = true;
            Record(subscription);
        }
    }
}
