using System.Collections.Immutable;

namespace LocalCloud.Sns;

/// <content>Subscriptions: made, confirmed, changed and ended.</content>
internal sealed partial class SnsService
{
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

    /// <summary>How many subscriptions have a filter policy: of one topic, and of all.</summary>
    public (int OfTopic, int All) CountFilters(Topic topic) =>
        (topic.Subscriptions.Count(subscription => subscription.Filter is not null), _subscriptions.Values.Count(subscription => subscription.Filter is not null));

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
}
