namespace LocalCloud.Sns.Operations;

/// <summary>SetTopicAttributes and SetSubscriptionAttributes: one attribute a call.</summary>
internal static class SetAttributes
{
    public static void OfTopic(SnsCall call) =>
        call.Sns.SetAttribute(call.Topic("sns:SetTopicAttributes"), call.Input.Required("AttributeName"), call.Input["AttributeValue"] ?? "");

    public static void OfSubscription(SnsCall call) =>
        call.Sns.SetAttribute(SubscriptionAccess.Find(call, "sns:SetSubscriptionAttributes"), call.Input.Required("AttributeName"), call.Input["AttributeValue"] ?? "");
}
