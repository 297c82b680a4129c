using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace Infra.Constructs;

/// <summary>What a topic is made from.</summary>
public sealed record EventTopicProps
{
    /// <summary>The topic is encrypted with one of them, and may deliver to queues that are encrypted with the other.</summary>
    public required MessagingKeys Keys { get; init; }

    /// <summary>Order per message group, and delivery to SQS only. Publishers give the deduplication id.</summary>
    public bool Fifo { get; init; }
}

/// <summary>An encrypted topic that accepts TLS only. Its id is its logical name: <c>DESTINATION_&lt;ID&gt;</c> in a publisher.</summary>
public sealed class EventTopic : Construct
{
    private readonly MessagingKeys _keys;

    /// <summary>For subscriptions and outputs.</summary>
    public Topic Topic { get; }

    /// <summary>Creates the topic.</summary>
    public EventTopic(Construct scope, string id, EventTopicProps props) : base(scope, id)
    {
        _keys = props.Keys;
        Topic = new Topic(this, "topic", new TopicProps { Fifo = props.Fifo ? true : null, MasterKey = _keys.Topics });
        // The topic's own EnforceSSL does nothing as long as nobody else adds a statement.
        Topic.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["sns:Publish"],
            Conditions = new Dictionary<string, object> { ["Bool"] = new Dictionary<string, object> { ["aws:SecureTransport"] = "false" } },
            Effect = Effect.DENY,
            Principals = [new AnyPrincipal()],
            Resources = [Topic.TopicArn],
        }));
        _keys.AllowDelivery(Topic);
    }

    /// <summary>Lets functions publish, and tells them where.</summary>
    public void AllowPublish(params Function[] publishers)
    {
        foreach (var publisher in publishers)
            publisher
                .Set(Destination.Variable(Node.Id), Topic.TopicArn)
                .Allow(["sns:Publish"], Topic.TopicArn)
                .Allow(["kms:Decrypt", "kms:GenerateDataKey"], _keys.Topics.KeyArn);
    }
}
