using LocalCloud.Http;
using LocalCloud.Sns;
using LocalCloud.Sqs;

namespace LocalCloud.Iam;

/// <summary>A queue or topic that a service wants to bring something to.</summary>
/// <param name="Kind">As sentences name it: <c>queue</c>.</param>
/// <param name="Service">Whose it is.</param>
/// <param name="Arn">Of the queue or topic.</param>
/// <param name="Action">As policies name it.</param>
/// <param name="Policy">Its own; null when it has none.</param>
/// <param name="KeyId">The key that encrypts it; null or empty when none does.</param>
/// <param name="KeyContext">The member of the key's encryption context that names it.</param>
internal sealed record DeliveryTarget(string Kind, string Service, string Arn, string Action, string? Policy, string? KeyId, string KeyContext)
{
    public static DeliveryTarget Of(Queue queue) =>
        new("queue", ServiceName.Sqs, queue.Arn, "sqs:SendMessage", queue.Settings.Policy, queue.Settings.KmsMasterKeyId, "aws:sqs:arn");

    public static DeliveryTarget Of(Topic topic) => new(
        "topic", ServiceName.Sns, topic.Arn, "sns:Publish", topic.Attributes.GetValueOrDefault("Policy"), topic.Attributes.GetValueOrDefault("KmsMasterKeyId"), "aws:sns:topicArn");
}
