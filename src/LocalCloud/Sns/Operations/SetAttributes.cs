namespace LocalCloud.Sns.Operations;

/// <summary>SetTopicAttributes and SetSubscriptionAttributes: one attribute a call.</summary>
internal static class SetAttributes
{
    public static void OfTopic(SnsCall call) =>
        call.Sns.SetAttribute(call.Topic(), call.Input.Required("AttributeName"), call.Input["AttributeValue"] ?? "");

    public static void OfSubscription(SnsCall call) =>
        call.Sns.SetAttribute(call.Sns.Subscription(call.Input.Required("SubscriptionArn")), call.Input.Required("AttributeName"), call.Input["AttributeValue"] ?? "");
}
