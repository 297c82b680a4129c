using System.Collections.Frozen;
using LocalCloud.Sns.Operations;

namespace LocalCloud.Sns;

/// <summary>The operations of SNS by name.</summary>
internal static class SnsOperations
{
    public static FrozenDictionary<string, Action<SnsCall>> All { get; } = new Dictionary<string, Action<SnsCall>>
    {
        ["AddPermission"] = Permissions.Add,
        ["ConfirmSubscription"] = ConfirmSubscription.Run,
        ["CreateTopic"] = CreateTopic.Run,
        ["DeleteTopic"] = call =>
        {
            call.Demand("sns:DeleteTopic", call.Input.Required("TopicArn"));
            call.Sns.Delete(call.Input.Required("TopicArn"));
        },
        ["GetDataProtectionPolicy"] = DataProtection.Get,
        ["GetSubscriptionAttributes"] = GetSubscriptionAttributes.Run,
        ["GetTopicAttributes"] = GetTopicAttributes.Run,
        ["ListSubscriptions"] = ListSubscriptions.All,
        ["ListSubscriptionsByTopic"] = call => ListSubscriptions.Write(call, call.Topic("sns:ListSubscriptionsByTopic").Subscriptions),
        ["ListTagsForResource"] = Tagging.List,
        ["ListTopics"] = call =>
        {
            call.DemandAll("sns:ListTopics");
            call.WritePage("Topics", call.Sns.Topics, topic => call.Output.Element("TopicArn", topic.Arn));
        },
        ["Publish"] = Publish.Run,
        ["PublishBatch"] = PublishBatch.Run,
        ["PutDataProtectionPolicy"] = DataProtection.Put,
        ["RemovePermission"] = Permissions.Remove,
        ["SetSubscriptionAttributes"] = SetAttributes.OfSubscription,
        ["SetTopicAttributes"] = SetAttributes.OfTopic,
        ["Subscribe"] = Subscribe.Run,
        ["TagResource"] = Tagging.Add,
        ["Unsubscribe"] = Unsubscribe.Run,
        ["UntagResource"] = Tagging.Remove,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Operations of SNS for telephones and push services, which LocalCloud does not reach.</summary>
    public static FrozenSet<string> Unsupported { get; } = FrozenSet.ToFrozenSet(
        [
            "CheckIfPhoneNumberIsOptedOut", "CreatePlatformApplication", "CreatePlatformEndpoint", "CreateSMSSandboxPhoneNumber", "DeleteEndpoint", "DeletePlatformApplication",
            "DeleteSMSSandboxPhoneNumber", "GetEndpointAttributes", "GetPlatformApplicationAttributes", "GetSMSAttributes", "GetSMSSandboxAccountStatus",
            "ListEndpointsByPlatformApplication", "ListOriginationNumbers", "ListPhoneNumbersOptedOut", "ListPlatformApplications", "ListSMSSandboxPhoneNumbers",
            "OptInPhoneNumber", "SetEndpointAttributes", "SetPlatformApplicationAttributes", "SetSMSAttributes", "VerifySMSSandboxPhoneNumber",
        ],
        StringComparer.Ordinal);

    /// <summary>Operations whose answer has no result element.</summary>
    public static FrozenSet<string> WithoutResult { get; } =
        FrozenSet.ToFrozenSet(["DeleteTopic", "SetSubscriptionAttributes", "SetTopicAttributes", "Unsubscribe", "AddPermission", "RemovePermission", "PutDataProtectionPolicy"], StringComparer.Ordinal);
}
