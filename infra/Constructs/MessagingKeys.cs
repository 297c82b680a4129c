using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace Infra.Constructs;

/// <summary>
/// One key for topics and one for queues. The queues' key names the topics that deliver; were it the topics' own key too,
/// key and topic would each need the other first, a cycle that cannot be deployed.
/// </summary>
public sealed class MessagingKeys : Construct
{
    /// <summary>Encrypts what topics hold.</summary>
    public Key Topics { get; }

    /// <summary>Encrypts what queues and dead-letter queues hold.</summary>
    public Key Queues { get; }

    /// <summary>Creates both keys, rotated every year and kept when the stack goes: without them retained messages cannot be read.</summary>
    public MessagingKeys(Construct scope, string id) : base(scope, id)
    {
        Topics = new Key(this, "topics", new KeyProps { Description = "Messages in topics", EnableKeyRotation = true });
        Queues = new Key(this, "queues", new KeyProps { Description = "Messages in queues", EnableKeyRotation = true });
    }

    /// <summary>Lets a topic deliver to encrypted queues. Without it SNS drops the message at once: a refused key is not retried.</summary>
    public void AllowDelivery(ITopic topic) => Queues.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
    {
        Actions = ["kms:Decrypt", "kms:GenerateDataKey*"],
        Conditions = new Dictionary<string, object>
        {
            ["ArnEquals"] = new Dictionary<string, object> { ["aws:SourceArn"] = topic.TopicArn },
            ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Stack.Of(this).Account },
        },
        Principals = [new ServicePrincipal("sns.amazonaws.com")],
        Resources = ["*"],
    }));

    /// <summary>Lets CloudWatch publish to encrypted topics. Without it an alarm goes off and nobody hears of it.</summary>
    public void AllowAlarms() => Topics.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
    {
        Actions = ["kms:Decrypt", "kms:GenerateDataKey*"],
        Conditions = OfThisAccount(this),
        Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
        Resources = ["*"],
    }));

    /// <summary>Only alarms of the account that the stack is deployed to.</summary>
    internal static Dictionary<string, object> OfThisAccount(Construct scope) => new()
    {
        ["ArnLike"] = new Dictionary<string, object> { ["aws:SourceArn"] = Stack.Of(scope).FormatArn(new ArnComponents { Service = "cloudwatch", Resource = "alarm", ResourceName = "*", ArnFormat = ArnFormat.COLON_RESOURCE_NAME }) },
        ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Stack.Of(scope).Account },
    };
}
