using Amazon.CDK;
using Constructs;
using Infra.Constructs;

namespace Infra;

/// <summary>
/// Stateful: the keys that messages at rest are encrypted with, the topics that others subscribe to, the bucket for large payloads, and the documents that are
/// written.
/// </summary>
internal sealed class MessagingStack : Stack
{
    internal MessagingKeys Keys { get; }

    /// <summary>Every event, in no order: for those who react.</summary>
    internal EventTopic Events { get; }

    /// <summary>What moves money, in order per booking: for those who keep books.</summary>
    internal EventTopic Ledger { get; }

    /// <summary>What guests and the house get on paper: invoices and reports.</summary>
    internal DocumentBucket Documents { get; }

    /// <summary>What is too large for queues.</summary>
    internal PayloadBucket Payloads { get; }

    /// <summary>Tells alarms to people.</summary>
    internal AlarmTopic Alarms { get; }

    internal MessagingStack(Construct scope, string id, Settings settings)
        : base(scope, id, new StackProps { Description = "Bookings: keys, topics, payloads and documents", TerminationProtection = settings.Stage.IsProtected })
    {
        Keys = new MessagingKeys(this, "keys");
        Events = new EventTopic(this, "booking-events", new() { Keys = Keys });
        Ledger = new EventTopic(this, "booking-ledger", new() { Keys = Keys, Fifo = true });
        Documents = new DocumentBucket(this, "documents");

        Alarms = new AlarmTopic(this, "alarms", new() { Keys = Keys, Mail = settings.AlarmMail });
        Alarms.Hear(this);
        Payloads = new PayloadBucket(this, "payloads", new() { Key = Keys.Queues });

        _ = new CfnOutput(this, "EventsTopic", new CfnOutputProps { Value = Events.Topic.TopicArn, Description = "Every event, unordered" });
        _ = new CfnOutput(this, "LedgerTopic", new CfnOutputProps { Value = Ledger.Topic.TopicArn, Description = "Events that move money, in order per booking" });
        _ = new CfnOutput(this, "AlarmTopic", new CfnOutputProps { Value = Alarms.Topic.TopicArn, Description = "Alarms: subscribe a pager to it" });
        _ = new CfnOutput(this, "DocumentBucket", new CfnOutputProps { Value = Documents.Bucket.BucketName, Description = "Invoices and reports" });
    }

    /// <summary>The topic of this logical name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal EventTopic Topic(string name) => Node.TryFindChild(name) as EventTopic
        ?? throw new ArgumentException($"A subscription hears the topic '{name}', but the stack has only: {string.Join(", ", Node.Children.OfType<EventTopic>().Select(topic => topic.Node.Id))}.");
}
