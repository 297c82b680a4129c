using System.Text;
using System.Text.Json;
using LocalCloud.Http;
using LocalCloud.Sns.Delivery;
using LocalCloud.Sns.Filtering;
using LocalCloud.Sqs;

namespace LocalCloud.Sns;

/// <summary>The attributes of a subscription that can be set.</summary>
internal static class SubscriptionAttribute
{
    private const string ErrorPrefix = "Invalid parameter: ";

    /// <summary>Checks attributes and applies them, all or none. An empty value removes one.</summary>
    /// <param name="subscription">Whose attributes.</param>
    /// <param name="changes">The new values by name.</param>
    /// <param name="sns">The other subscriptions, whose filter policies count.</param>
    /// <param name="sqs">The queues.</param>
    /// <param name="context">What Subscribe puts before the reason of a refusal.</param>
    /// <exception cref="ServiceException">An attribute is unknown or its value not valid.</exception>
    public static void Apply(Subscription subscription, Dictionary<string, string> changes, SnsService sns, SqsService sqs, string context = "")
    {
        try
        {
            Change(subscription, changes, sns, sqs);
        }
        catch (ServiceException refused) when (context.Length > 0 && refused.Code == "InvalidParameter" && refused.Message.StartsWith(ErrorPrefix, StringComparison.Ordinal))
        {
            throw SnsError.InvalidParameter(context + refused.Message[ErrorPrefix.Length..]);
        }
    }

    private static void Change(Subscription subscription, Dictionary<string, string> changes, SnsService sns, SqsService sqs)
    {
        var attributes = subscription.Attributes;
        foreach (var (name, value) in changes)
        {
            Check(name, value, subscription);
            attributes = value.Length == 0 ? attributes.Remove(name) : attributes.SetItem(name, value);
        }

        if (attributes.GetValueOrDefault("DeliveryPolicy") is { } delivery)
        {
            DeliveryPolicy.CheckOfSubscription(delivery, attributes.GetValueOrDefault("RawMessageDelivery") == "true");
        }

        var scope = attributes.GetValueOrDefault("FilterPolicyScope") ?? FilterPolicy.AttributesScope;
        var filter = attributes.GetValueOrDefault("FilterPolicy") is { } policy ? FilterPolicy.Parse(policy, scope) : null;
        if (filter is not null && subscription.Filter is null && sns.CountFilters(subscription.Topic) is { OfTopic: >= Limits.FiltersPerTopic } or { All: >= Limits.Filters })
        {
            throw SnsError.FilterLimit();
        }

        if (attributes.GetValueOrDefault(ReplayPolicy.Attribute) is { } replay && ReplayPolicy.Parse(replay) is not null && !subscription.Topic.IsFifo)
        {
            throw SnsError.InvalidParameter("ReplayPolicy: only a subscription to a FIFO topic can be replayed to");
        }

        var deadLetter = attributes.GetValueOrDefault("RedrivePolicy") is { } redrive ? DeadLetterTarget(redrive, subscription, sqs) : null;
        subscription.Apply(attributes, filter, deadLetter);
    }

    private static void Check(string name, string value, Subscription subscription)
    {
        var valid = name switch
        {
            "RawMessageDelivery" => value is "true" or "false",
            "FilterPolicyScope" => value is FilterPolicy.AttributesScope or FilterPolicy.BodyScope or "",
            "FilterPolicy" or "RedrivePolicy" or "SubscriptionRoleArn" or "ReplayPolicy" or "DeliveryPolicy" => true,
            _ => throw SnsError.InvalidParameter("AttributeName"),
        };
        if (!valid)
        {
            throw SnsError.InvalidParameter($"{name}: Invalid value [{Excerpt.Of(value)}]");
        }

        if (name == "RawMessageDelivery" && value == "true" && subscription.Protocol is "email" or "email-json")
        {
            throw SnsError.InvalidParameter($"RawMessageDelivery: Delivery protocol [{subscription.Protocol}] does not support raw message delivery.");
        }

        if (name == "DeliveryPolicy" && value.Length > 0 && subscription.Protocol is not ("http" or "https"))
        {
            throw SnsError.InvalidParameter($"DeliveryPolicy: Delivery protocol [{subscription.Protocol}] does not support a delivery policy.");
        }
    }

    private static string DeadLetterTarget(string policy, Subscription subscription, SqsService sqs)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(policy));
            var arn = document.RootElement.GetProperty("deadLetterTargetArn").GetString();
            if (arn?.StartsWith($"arn:aws:sqs:{sqs.Region}:{sqs.AccountId}:", StringComparison.Ordinal) != true)
            {
                throw SnsError.InvalidParameter("RedrivePolicy: deadLetterTargetArn is an invalid arn");
            }

            var needsFifo = subscription.Endpoint.EndsWith(".fifo", StringComparison.Ordinal);
            return sqs.FindByArn(arn) is { } queue && queue.Settings.IsFifo != needsFifo
                ? throw SnsError.InvalidParameter($"RedrivePolicy: must use a {(needsFifo ? "FIFO" : "standard")} queue as DLQ for this subscription")
                : arn;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw SnsError.InvalidParameter("RedrivePolicy: failed to parse JSON. It must be an object with deadLetterTargetArn");
        }
    }
}
