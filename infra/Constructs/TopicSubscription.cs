using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Infra.Constructs;

/// <summary>What a subscription is made from.</summary>
public sealed record TopicSubscriptionProps
{
    /// <summary>Delivers.</summary>
    public required Topic Topic { get; init; }

    /// <summary>Receives the message as it was published.</summary>
    public required Queue Queue { get; init; }

    /// <summary>Encrypts what could not be delivered; its policy must let the topic use it.</summary>
    public required IKey Key { get; init; }

    /// <summary>1 to 150 values of the message attribute <c>type</c>; others are not delivered.</summary>
    public required string[] Types { get; init; }
}

/// <summary>A queue's subscription: filtered by type, raw, with a dead-letter queue for what SNS cannot deliver.</summary>
public sealed class TopicSubscription : Construct
{
    /// <summary>Creates the subscription.</summary>
    /// <exception cref="ArgumentException">SNS would refuse the combination, or deliver nothing.</exception>
    public TopicSubscription(Construct scope, string id, TopicSubscriptionProps props) : base(scope, id)
    {
        var (topic, queue) = (props.Topic, props.Queue);
        if (props.Types.Length is < 1 or > 150)
            throw new ArgumentException($"Subscription '{Node.Path}' names {props.Types.Length} types. Name 1 to 150, or it receives nothing.");
        if (queue.Fifo && !topic.Fifo)
            throw new ArgumentException($"Subscription '{Node.Path}' feeds a FIFO queue from a standard topic. Make the topic FIFO, or the queue standard.");

        // Client-side errors, such as a denied key, are never retried: without this queue such messages are gone.
        var undeliverable = new DeadLetterQueue(this, "dead-letters", new() { Fifo = queue.Fifo, Key = props.Key, Of = $"subscription {Node.Path}" });
        var permission = queue.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["sqs:SendMessage"],
            Conditions = new Dictionary<string, object> { ["ArnEquals"] = new Dictionary<string, object> { ["aws:SourceArn"] = topic.TopicArn } },
            Principals = [new ServicePrincipal("sns.amazonaws.com")],
            Resources = [queue.QueueArn],
        }));
        var subscription = new Subscription(this, "subscription", new SubscriptionProps
        {
            DeadLetterQueue = undeliverable.Queue,
            Endpoint = queue.QueueArn,
            FilterPolicy = new Dictionary<string, SubscriptionFilter>
            {
                ["type"] = SubscriptionFilter.StringFilter(new StringConditions { Allowlist = props.Types }),
            },
            Protocol = SubscriptionProtocol.SQS,
            RawMessageDelivery = true,
            Topic = topic,
        });
        // What is delivered before the queue allows it is dead at once.
        subscription.Node.AddDependency(permission.PolicyDependable!);
    }
}
