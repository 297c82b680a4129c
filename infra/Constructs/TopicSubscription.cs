using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <summary>What is delivered, in SNS's own words: one to five message attributes, and for each the list of what it may be.</summary>
    public required JsonObject FilterPolicy { get; init; }
}

/// <summary>A queue's subscription: filtered, raw, with a dead-letter queue for what SNS cannot deliver.</summary>
public sealed class TopicSubscription : Construct
{
    /// <summary>Creates the subscription.</summary>
    /// <exception cref="ArgumentException">SNS would refuse the combination, or deliver nothing.</exception>
    public TopicSubscription(Construct scope, string id, TopicSubscriptionProps props) : base(scope, id)
    {
        var (topic, queue) = (props.Topic, props.Queue);
        if (props.FilterPolicy.Count == 0)
            throw new ArgumentException($"Subscription '{Node.Path}' filters nothing. Say what its consumer handles: anything else would become a dead letter.");
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
            FilterPolicy = props.FilterPolicy.ToDictionary(attribute => attribute.Key, attribute => new SubscriptionFilter([.. attribute.Value!.AsArray().Select(Plain)])),
            Protocol = SubscriptionProtocol.SQS,
            RawMessageDelivery = true,
            Topic = topic,
        });
        // What is delivered before the queue allows it is dead at once.
        subscription.Node.AddDependency(permission.PolicyDependable!);
    }

    // The CDK takes values and dictionaries.
    private static object Plain(JsonNode? value) => value switch
    {
        JsonObject members => members.ToDictionary(member => member.Key, member => Plain(member.Value)),
        JsonArray list => list.Select(Plain).ToArray(),
        _ => value!.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.Number => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture),
            var kind => kind == JsonValueKind.True,
        },
    };
}
