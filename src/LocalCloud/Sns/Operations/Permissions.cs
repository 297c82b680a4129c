using LocalCloud.Policies;

namespace LocalCloud.Sns.Operations;

/// <summary>AddPermission and RemovePermission: statements in the topic's policy.</summary>
internal static class Permissions
{
    private const string Attribute = "Policy";

    private static readonly string[] Actions =
    [
        "SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:AddPermission", "SNS:RemovePermission", "SNS:DeleteTopic", "SNS:Subscribe", "SNS:ListSubscriptionsByTopic", "SNS:Publish",
        "SNS:Receive",
    ];

    public static void Add(SnsCall call)
    {
        var topic = call.Topic("sns:AddPermission");
        var label = call.Input.Required("Label");
        var accounts = call.Input.Strings("AWSAccountId").ToList();
        var actions = call.Input.Strings("ActionName").Select(action => "SNS:" + action).ToList();
        if (actions.Except(Actions).FirstOrDefault() is not null)
        {
            throw SnsError.InvalidParameter("Policy statement action out of service scope!");
        }

        if (accounts.Count == 0 || actions.Count == 0)
        {
            throw SnsError.InvalidParameter($"{(accounts.Count == 0 ? "AWSAccountId" : "ActionName")} Reason: no value for required parameter");
        }

        var policy = ResourcePolicy.Add(topic.Attributes.GetValueOrDefault(Attribute), label, accounts, actions, topic.Arn);
        call.Sns.SetAttribute(topic, Attribute, policy ?? throw SnsError.InvalidParameter("Statement already exists"));
    }

    public static void Remove(SnsCall call)
    {
        var topic = call.Topic("sns:RemovePermission");
        // As on AWS, a label that is not there is no error.
        if (ResourcePolicy.Remove(topic.Attributes.GetValueOrDefault(Attribute), call.Input.Required("Label"), topic.Arn) is { } policy)
        {
            call.Sns.SetAttribute(topic, Attribute, policy);
        }
    }
}
