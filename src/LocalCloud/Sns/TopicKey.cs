using LocalCloud.Http;
using LocalCloud.Kms;

namespace LocalCloud.Sns;

/// <summary>The KMS key that encrypts a topic: whoever publishes needs kms:GenerateDataKey and kms:Decrypt on it.</summary>
internal static class TopicKey
{
    /// <exception cref="ServiceException">There is no such key, it cannot be used now, or the caller may not use it.</exception>
    public static void Demand(Call call, KmsKeys keys, Topic topic)
    {
        if (topic.Attributes.GetValueOrDefault("KmsMasterKeyId") is not { Length: > 0 } id)
        {
            return;
        }

        var key = keys.Find(id) ?? throw SnsError.Kms("NotFound", $"Key '{Excerpt.Of(id)}' does not exist");
        if (key.State != KeyState.Enabled)
        {
            throw key.State == KeyState.Disabled ? SnsError.Kms("Disabled", $"{key.Arn} is disabled") : SnsError.Kms("InvalidState", $"{key.Arn} is pending deletion");
        }

        if (call.Caller.IsRoot)
        {
            return;
        }

        var context = KeyUse.Context(ServiceName.Sns, "aws:sns:topicArn", topic.Arn, call.Options);
        foreach (var action in KeyUse.Sending)
        {
            if (call.Refusal(action, key.Arn, key.Policy, context) is { } reason)
            {
                throw SnsError.Kms("AccessDenied", reason);
            }
        }
    }
}
