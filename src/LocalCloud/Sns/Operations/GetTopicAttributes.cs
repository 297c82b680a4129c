using System.Globalization;
using LocalCloud.Sns.Delivery;

namespace LocalCloud.Sns.Operations;

internal static class GetTopicAttributes
{
    public static void Run(SnsCall call)
    {
        var topic = call.Topic("sns:GetTopicAttributes");
        var pending = topic.Subscriptions.Count(subscription => subscription.IsPending);
        Dictionary<string, string> attributes = new()
        {
            ["TopicArn"] = topic.Arn,
            ["Owner"] = call.Sns.AccountId,
            ["DisplayName"] = "",
            ["SubscriptionsConfirmed"] = Number(topic.Subscriptions.Length - pending),
            ["SubscriptionsPending"] = Number(pending),
            ["SubscriptionsDeleted"] = Number(topic.DeletedSubscriptions),
            ["EffectiveDeliveryPolicy"] = DeliveryPolicy.EffectiveOf(topic),
            ["Policy"] = DefaultPolicy(topic, call.Sns.AccountId),
        };
        if (topic.IsFifo)
        {
            attributes["FifoTopic"] = "true";
            attributes["ContentBasedDeduplication"] = "false";
            attributes["FifoThroughputScope"] = "Topic";
        }

        if (topic.Archive is { } archive)
        {
            attributes["BeginningArchiveTime"] = archive.Beginning(call.Sns.Time.GetUtcNow()).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        }

        foreach (var (name, value) in topic.Attributes)
        {
            attributes[name] = value;
        }

        call.WriteMap("Attributes", attributes);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // What AWS gives a topic that was created without a policy: everything, for the owner.
    private static string DefaultPolicy(Topic topic, string account) =>
        $$$"""{"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes","SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe","SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"{{{topic.Arn}}}","Condition":{"StringEquals":{"AWS:SourceOwner":"{{{account}}}" } } }]}""";
}
