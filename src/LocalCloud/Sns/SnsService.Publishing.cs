using LocalCloud.Sns.Filtering;

namespace LocalCloud.Sns;

/// <content>Messages on their way to the subscriptions, the first time and again.</content>
internal sealed partial class SnsService
{
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
