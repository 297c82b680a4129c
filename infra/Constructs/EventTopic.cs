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
        Topic.AddToResourcePolicy(TlsOnly.Publishing(Topic));
        _keys.AllowDelivery(Topic);
        Alarms.Above(this, "lost", Topic.Metric("NumberOfNotificationsFailedToRedriveToDlq", Alarms.Each(1, "Sum")), 0,
            $"Topic {id} could neither deliver messages nor put them into the subscription's dead-letter queue: they are lost. See the queue's policy and the key's, then publish them again from their source.");
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
