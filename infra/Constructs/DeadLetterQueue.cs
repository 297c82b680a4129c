using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Infra.Constructs;

/// <summary>What a dead-letter queue is made from.</summary>
public sealed record DeadLetterQueueProps
{
    /// <summary>The key of the queues that it serves.</summary>
    public required IKey Key { get; init; }

    /// <summary>Must equal the type of the queue that it serves: SQS refuses any other.</summary>
    public required bool Fifo { get; init; }

    /// <summary>Whose dead letters these are, as a person on call would say it.</summary>
    public required string Of { get; init; }
}

/// <summary>Keeps what could not be handled or delivered, as long as SQS can, and raises an alarm while it holds anything.</summary>
public sealed class DeadLetterQueue : Construct
{
    /// <summary>For redrive policies.</summary>
    public Queue Queue { get; }

    /// <summary>In alarm while there is a message; add actions to it.</summary>
    public Alarm Alarm { get; }

    /// <summary>Creates the queue and its alarm.</summary>
    public DeadLetterQueue(Construct scope, string id, DeadLetterQueueProps props) : base(scope, id)
    {
        Queue = new Queue(this, "queue", new QueueProps
        {
            EncryptionMasterKey = props.Key,
            EnforceSSL = true,
            Fifo = props.Fifo ? true : null,
            RemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
            // The clock of a standard queue runs on from the first enqueueing, so anything less loses messages early.
            RetentionPeriod = Duration.Days(14),
        });
        // Not NumberOfMessagesSent: it does not count what a redrive policy moves.
        Alarm = Alarms.Above(this, "alarm", Queue.MetricApproximateNumberOfMessagesVisible(Alarms.Each(1, "Maximum")), 0,
            $"Dead letters of {props.Of}: read the reason, fix the cause, redrive.");
    }
}
