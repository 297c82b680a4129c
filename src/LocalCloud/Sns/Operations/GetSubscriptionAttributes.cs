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
            ["Endpoint"] = subscription.Endpoint,
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

        if (attributes.TryGetValue("DeliveryPolicy", out var policy))
        {
            attributes["EffectiveDeliveryPolicy"] = policy;
        }

        call.WriteMap("Attributes", attributes);
    }
}
