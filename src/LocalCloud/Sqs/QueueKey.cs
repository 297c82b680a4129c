using LocalCloud.Http;
using LocalCloud.Kms;

namespace LocalCloud.Sqs;

/// <summary>The KMS key that encrypts a queue: whoever sends needs kms:GenerateDataKey and kms:Decrypt on it, whoever receives kms:Decrypt.</summary>
internal static class QueueKey
{
    /// <exception cref="ServiceException">There is no such key, it cannot be used now, or the caller may not use it.</exception>
    public static void Demand(Call call, KmsKeys keys, Queue queue, string id, bool sends)
    {
        var key = keys.Find(id) ?? throw SqsError.Kms("NotFound", $"Key '{Excerpt.Of(id)}' does not exist.");
        if (key.State != KeyState.Enabled)
        {
            throw key.State == KeyState.Disabled ? SqsError.Kms("Disabled", $"{key.Arn} is disabled.") : SqsError.Kms("InvalidState", $"{key.Arn} is pending deletion.");
        }

        if (call.Caller.IsRoot)
        {
            return;
        }

        var context = KeyUse.Context(ServiceName.Sqs, "aws:sqs:arn", queue.Arn, call.Options);
        foreach (var action in sends ? KeyUse.Sending : KeyUse.Receiving)
        {
            if (call.Refusal(action, key.Arn, key.Policy, context) is { } reason)
            {
                throw SqsError.Kms("AccessDenied", reason);
            }
        }
    }
}
