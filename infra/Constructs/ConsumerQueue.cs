using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.Lambda.EventSources;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Infra.Constructs;

/// <summary>A queue, its dead-letter queue and the function that handles it, at its own pace. Its id is its logical name.</summary>
public sealed class ConsumerQueue : Construct
{
    private readonly ConsumerQueueProps _props;

    /// <summary>For outputs and dashboards.</summary>
    public Queue Queue { get; }

    /// <summary>Receives what the function gives up on, with the reason, and what it could not even answer.</summary>
    public DeadLetterQueue DeadLetters { get; }

    /// <summary>Creates the queues and connects the function.</summary>
    /// <exception cref="ArgumentException">A value would lose or repeat messages; the message says which.</exception>
    public ConsumerQueue(Construct scope, string id, ConsumerQueueProps props) : base(scope, id)
    {
        props.Validate(id);
        _props = props;
        DeadLetters = new DeadLetterQueue(this, "dead-letters", new() { Fifo = props.Fifo, Key = props.Key, Of = $"queue {id}" });
        Queue = new Queue(this, "queue", new QueueProps
        {
            DeadLetterQueue = new Amazon.CDK.AWS.SQS.DeadLetterQueue { MaxReceiveCount = props.MaxReceiveCount, Queue = DeadLetters.Queue },
            DeduplicationScope = props.Fifo ? DeduplicationScope.MESSAGE_GROUP : null,
            EncryptionMasterKey = props.Key,
            EnforceSSL = true,
            Fifo = props.Fifo ? true : null,
            FifoThroughputLimit = props.Fifo ? FifoThroughputLimit.PER_MESSAGE_GROUP_ID : null,
            // It may hold work that was promised: removing the line that made it must not remove that.
            RemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
            RetentionPeriod = Duration.Days(14),
            VisibilityTimeout = props.VisibilityTimeout,
        });
        props.Function.Lambda.AddEventSource(new SqsEventSource(Queue, new SqsEventSourceProps
        {
            BatchSize = props.BatchSize,
            MaxConcurrency = props.Pace,
            ReportBatchItemFailures = true,
        }));
        // It sends to its own queue too: a message that is deferred waits there as a fresh copy.
        props.Function
            .Set("QUEUE_URL", Queue.QueueUrl)
            .Set("DEAD_LETTER_QUEUE_URL", DeadLetters.Queue.QueueUrl)
            .Allow(["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:SendMessage"], Queue.QueueArn);
        AllowSend(props.Function, DeadLetters.Queue);
        Alarms.Above(this, "age", Queue.MetricApproximateAgeOfOldestMessage(Alarms.Each(1, "Maximum")), props.Promise.ToSeconds(), periods: 3, whatToDo:
            $"Messages of queue {id} wait for more than the {props.Promise.ToSeconds()} s that were promised: see whether its function fails or is slow; if it is only busy, and what is behind it can bear more, raise its pace.");
    }

    /// <summary>Handles the messages.</summary>
    public Function Function => _props.Function;

    /// <summary>Subscribes the queue to what SNS's filter policy lets through.</summary>
    public void SubscribeTo(EventTopic topic, JsonObject filterPolicy) =>
        _ = new TopicSubscription(this, topic.Node.Id, new() { FilterPolicy = filterPolicy, Key = _props.Key, Queue = Queue, Topic = topic.Topic });

    /// <summary>Lets functions send to the queue, and tells them where.</summary>
    public void AllowSend(params Function[] senders)
    {
        foreach (var sender in senders)
            AllowSend(sender.Set(Destination.Variable(Node.Id), Queue.QueueUrl), Queue);
    }

    /// <summary>Lets the consumer's own function, and others that keep it going, send a parked group's messages to the queue again.</summary>
    public void AllowReplay(params Function[] others)
    {
        foreach (var sender in others.Prepend(_props.Function))
            AllowSend(sender, Queue);
    }

    private void AllowSend(Function sender, Queue queue) => sender
        .Allow(["sqs:SendMessage"], queue.QueueArn)
        .Allow(["kms:Decrypt", "kms:GenerateDataKey"], _props.Key.KeyArn);
}
