using LocalCloud.Iam;
using LocalCloud.Kms;
using LocalCloud.Policies;
using LocalCloud.Sqs;

namespace LocalCloud.Sns.Delivery;

/// <summary>Whether SNS may put a topic's messages into a queue: the queue's policy must say so, and that of its key.</summary>
internal static class QueueAccess
{
    private static readonly Caller Sns = Caller.Service("sns.amazonaws.com");

    /// <summary>
    /// Why it may not; null when it may. Only where the key <c>test</c>, which may do everything, subscribed a queue without any policy, nobody is asked:
    /// so a test needs no policies to see a message arrive, and a deployed template needs all that AWS asks for.
    /// </summary>
    public static string? Refusal(Queue queue, Subscription subscription, CloudOptions options, KmsKeys keys)
    {
        var settings = queue.Settings;
        if (settings.Policy is null && subscription.Principal == Caller.Root(options.AccountId).Arn)
        {
            return null;
        }

        var topic = subscription.Topic.Arn;
        var context = RequestKeys.OfService(options, topic);
        if (AccessDenied.Reason(new AccessRequest(Sns, "sqs:SendMessage", queue.Arn, context), settings.Policy) is { } refusal)
        {
            return $"{refusal}. {(settings.Policy is null ? "The queue has no policy: it needs one that lets" : "The queue's policy must let")} sns.amazonaws.com do sqs:SendMessage for aws:SourceArn {topic}";
        }

        return settings.KmsMasterKeyId is { } id ? RefusalOfKey(queue, topic, id, options, keys) : null;
    }

    private static string? RefusalOfKey(Queue queue, string topic, string id, CloudOptions options, KmsKeys keys)
    {
        if (keys.Find(id) is not { State: KeyState.Enabled } key)
        {
            return $"Key '{id}' of queue {queue.Arn} does not exist, is disabled or is about to be deleted";
        }

        foreach (var action in KeyUse.Sending)
        {
            var context = RequestKeys.OfService(options, topic, KeyUse.Context("sqs", "aws:sqs:arn", queue.Arn, options));
            if (AccessDenied.Reason(new AccessRequest(Sns, action, key.Arn, context), key.Policy) is { } refusal)
            {
                return $"{refusal}. The policy of the queue's key must let sns.amazonaws.com do kms:GenerateDataKey* and kms:Decrypt{(key.Service is null ? "" : ", which only a customer's key can")}";
            }
        }

        return null;
    }
}
