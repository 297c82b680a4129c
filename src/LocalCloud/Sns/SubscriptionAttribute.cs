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
    /// <summary>Checks attributes and applies them, all or none. An empty value removes one.</summary>
    /// <exception cref="Http.ServiceException">An attribute is unknown or its value not valid.</exception>
    public static void Apply(Subscription subscription, Dictionary<string, string> changes, SqsService sqs)
    {
        var attributes = subscription.Attributes;
        foreach (var (name, value) in changes)
        {
            Check(name, value, subscription);
            attributes = value.Length == 0 ? attributes.Remove(name) : attributes.SetItem(name, value);
        }

        var scope = attributes.GetValueOrDefault("FilterPolicyScope") ?? FilterPolicy.AttributesScope;
        var filter = attributes.GetValueOrDefault("FilterPolicy") is { } policy ? FilterPolicy.Parse(policy, scope) : null;
        var deadLetter = attributes.GetValueOrDefault("RedrivePolicy") is { } redrive ? DeadLetterTarget(redrive, subscription, sqs) : null;
        subscription.Apply(attributes, filter, deadLetter);
    }

    private static void Check(string name, string value, Subscription subscription)
    {
        var valid = name switch
        {
            "RawMessageDelivery" => value is "true" or "false",
            "FilterPolicyScope" => value is FilterPolicy.AttributesScope or FilterPolicy.BodyScope or "",
            "FilterPolicy" or "RedrivePolicy" or "SubscriptionRoleArn" or "ReplayPolicy" => true,
            "DeliveryPolicy" => value.Length == 0 || (subscription.Protocol is "http" or "https" && RetryPolicy.IsValidSubscriptionPolicy(value)),
            _ => throw SnsError.InvalidParameter("AttributeName"),
        };
        if (!valid)
        {
            throw SnsError.InvalidParameter($"{name} Reason: '{Excerpt.Of(value)}' is not a valid value");
        }
    }

    private static string DeadLetterTarget(string policy, Subscription subscription, SqsService sqs)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(policy));
            var arn = document.RootElement.GetProperty("deadLetterTargetArn").GetString();
            if (arn?.StartsWith("arn:aws:sqs:", StringComparison.Ordinal) != true)
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
