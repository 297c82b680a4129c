using System.Text;
using LocalCloud.Http;
using LocalCloud.Iam;
using LocalCloud.Sns;
using LocalCloud.Sqs;

namespace LocalCloud.S3.Notifications;

/// <summary>Brings events to queues and topics whose policies let S3 in. What cannot be delivered is in the log and lost, as it is at AWS in the end.</summary>
internal sealed class EventSender(S3Service s3, SqsService sqs, SnsService sns)
{
    public void Send(ObjectEvent change)
    {
        var bucket = change.Bucket;
        foreach (var target in bucket.Settings.Notifications.Where(target => target.Wants(change.Name, change.Version.Key)))
        {
            if (TrySend(target, bucket, bucket.Settings.NotificationsBy ?? "", EventRecord.Of(change, target, s3)) is { } refusal)
            {
                S3Log.EventLost(s3.Logger, change.Name, bucket.Name, target.Arn, refusal);
            }
        }
    }

    /// <summary>Sends a test event to every destination.</summary>
    /// <param name="bucket">Whose events go there.</param>
    /// <param name="targets">The destinations.</param>
    /// <param name="principal">Who chooses them.</param>
    /// <param name="requestId">Of the request that does.</param>
    /// <exception cref="ServiceException">One does not take it.</exception>
    public void Test(Bucket bucket, IEnumerable<NotificationTarget> targets, string principal, string requestId)
    {
        var test = EventRecord.Test(bucket, s3.Options.Time.GetUtcNow(), requestId);
        foreach (var target in targets)
        {
            if (TrySend(target, bucket, principal, test) is not null)
            {
                throw S3Error.InvalidArgument("Unable to validate the following destination configurations");
            }
        }
    }

    // Why the target does not take it; null when it did.
    private string? TrySend(NotificationTarget target, Bucket bucket, string principal, string body)
    {
        var access = new DeliveryAccess("s3.amazonaws.com", bucket.Arn, principal);
        try
        {
            return target.Arn.StartsWith("arn:aws:sqs:", StringComparison.Ordinal) ? TrySend(sqs.FindByArn(target.Arn), access, body) : TrySend(sns.Topic(target.Arn), access, body);
        }
        catch (ServiceException refused)
        {
            return refused.Message;
        }
    }

    private string? TrySend(Queue? queue, DeliveryAccess access, string body)
    {
        if (queue is not { Settings.IsFifo: false })
        {
            return queue is null ? "there is no such queue" : "S3 does not know FIFO queues";
        }

        var refusal = access.Refusal(DeliveryTarget.Of(queue), s3.Options, sqs.Keys);
        if (refusal is null)
        {
            queue.Send(new NewMessage(Encoding.UTF8.GetBytes(body), []));
        }

        return refusal;
    }

    private string? TrySend(Topic topic, DeliveryAccess access, string body)
    {
        if (topic.IsFifo)
        {
            return "S3 does not know FIFO topics";
        }

        var refusal = access.Refusal(DeliveryTarget.Of(topic), s3.Options, sqs.Keys);
        if (refusal is null)
        {
            sns.Publish(new Notification(topic, body, [], s3.Options.Time.GetUtcNow()) { Subject = "Amazon S3 Notification" });
        }

        return refusal;
    }
}
