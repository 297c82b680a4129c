using System.Text;
using LocalCloud.Http;
using LocalCloud.Sns;
using LocalCloud.Sqs;

namespace LocalCloud.S3.Notifications;

/// <summary>Brings events to queues and topics. What cannot be delivered is in the log and lost, as it is at AWS in the end.</summary>
internal sealed class EventSender(S3Service s3, SqsService sqs, SnsService sns)
{
    public void Send(ObjectEvent change)
    {
        foreach (var target in change.Bucket.Settings.Notifications.Where(target => target.Wants(change.Name, change.Version.Key)))
        {
            if (!TrySend(target, change.Bucket, EventRecord.Of(change, target, s3)))
            {
                S3Log.EventLost(s3.Logger, change.Name, change.Bucket.Name, target.Arn);
            }
        }
    }

    /// <summary>Sends a test event to every destination.</summary>
    /// <exception cref="ServiceException">One does not take it.</exception>
    public void Test(Bucket bucket, IEnumerable<NotificationTarget> targets, string requestId)
    {
        var test = EventRecord.Test(bucket, s3.Options.Time.GetUtcNow(), requestId);
        foreach (var target in targets)
        {
            if (!TrySend(target, bucket, test))
            {
                throw S3Error.InvalidArgument("Unable to validate the following destination configurations");
            }
        }
    }

    // The one place where S3 reaches queues and topics: whether their policies let s3.amazonaws.com in is asked here.
    private bool TrySend(NotificationTarget target, Bucket bucket, string body)
    {
        _ = bucket;
        try
        {
            if (target.Arn.StartsWith("arn:aws:sqs:", StringComparison.Ordinal))
            {
                // S3 does not know FIFO queues.
                if (sqs.FindByArn(target.Arn) is not { Settings.IsFifo: false } queue)
                {
                    return false;
                }

                queue.Send(new NewMessage(Encoding.UTF8.GetBytes(body), []));
                return true;
            }

            var topic = sns.Topic(target.Arn);
            if (topic.IsFifo)
            {
                return false;
            }

            sns.Publish(new Notification(topic, body, [], s3.Options.Time.GetUtcNow()) { Subject = "Amazon S3 Notification" });
            return true;
        }
        catch (ServiceException)
        {
            return false;
        }
    }
}
