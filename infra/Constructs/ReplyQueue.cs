using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Infra.Constructs;

/// <summary>What a reply queue is made from.</summary>
public sealed record ReplyQueueProps
{
    /// <summary>Encrypts the queue.</summary>
    public required IKey Key { get; init; }
}

/// <summary>
/// Where a function waits for replies. It keeps them for a minute, the least that SQS can: by then nobody waits any more. So it has no dead-letter queue
/// either. Its id is its logical name.
/// </summary>
public sealed class ReplyQueue : Construct
{
    private readonly ReplyQueueProps _props;

    /// <summary>For outputs and dashboards.</summary>
    public Queue Queue { get; }

    /// <summary>Creates the queue.</summary>
    public ReplyQueue(Construct scope, string id, ReplyQueueProps props) : base(scope, id)
    {
        _props = props;
        Queue = new Queue(this, "queue", new QueueProps
        {
            EncryptionMasterKey = props.Key,
            EnforceSSL = true,
            RemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
            RetentionPeriod = Duration.Minutes(1),
        });
    }

    /// <summary>Lets a function wait for replies, and tells it where.</summary>
    public ReplyQueue AllowWait(Function asker)
    {
        Tell(asker)
            .Allow(["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"], Queue.QueueArn)
            .Allow(["kms:Decrypt"], _props.Key.KeyArn);
        return this;
    }

    /// <summary>Lets a function reply, and tells it where.</summary>
    public ReplyQueue AllowReply(Function answerer)
    {
        Tell(answerer)
            .Allow(["sqs:SendMessage"], Queue.QueueArn)
            .Allow(["kms:Decrypt", "kms:GenerateDataKey"], _props.Key.KeyArn);
        return this;
    }

    private Function Tell(Function function) => function.Set(Destination.Variable(Node.Id), Queue.QueueUrl);
}
