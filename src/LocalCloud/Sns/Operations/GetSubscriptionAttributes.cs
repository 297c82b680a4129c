using LocalCloud.Sns.Delivery;
using LocalCloud.Sns.Filtering;

namespace LocalCloud.Sns.Operations;

internal static class GetSubscriptionAttributes
{
    public static void Run(SnsCall call)
    {
        var subscription = SubscriptionAccess.Find(call, "sns:GetSubscriptionAttributes");
        Dictionary<string, string> attributes = new()
        {
            ["SubscriptionArn"] = subscription.Arn,
            ["TopicArn"] = subscription.Topic.Arn,
            ["Owner"] = call.Sns.AccountId,
            ["Protocol"] = subscription.Protocol,
            ["Endpoint"] = subscription.ShownEndpoint,
            ["PendingConfirmation"] = subscription.IsPending ? "true" : "false",
            ["ConfirmationWasAuthenticated"] = subscription is { ConfirmedWithSignature: true, IsPending: false } ? "true" : "false",
            ["SubscriptionPrincipal"] = subscription.Principal,
            ["RawMessageDelivery"] = "false",
        };
        foreach (var (name, value) in subscription.Attributes)
        {
            attributes[name] = value;
        }

        if (subscription.Filter is not null)
        {
            attributes.TryAdd("FilterPolicyScope", FilterPolicy.AttributesScope);
        }
        else
        {
            attributes.Remove("FilterPolicyScope");
        }

        if (attributes.ContainsKey(ReplayPolicy.Attribute))
        {
            // A replay is over before the call that asks for it is answered.
            attributes["ReplayStatus"] = "Completed";
        }

        if (subscription.Protocol is "http" or "https")
        {
            attributes["EffectiveDeliveryPolicy"] = DeliveryPolicy.Of(subscription).ToJson();
        }

        call.WriteMap("Attributes", attributes);
    }
}
