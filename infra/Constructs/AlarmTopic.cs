using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;

namespace Infra.Constructs;

/// <summary>What an alarm topic is made from.</summary>
public sealed record AlarmTopicProps
{
    /// <summary>The topic is encrypted with the key of the topics.</summary>
    public required MessagingKeys Keys { get; init; }

    /// <summary>Who gets a mail for each alarm, after confirming once; null is nobody.</summary>
    public string? Mail { get; init; }
}

/// <summary>Where alarms are told: an encrypted topic, to which a mail address or a pager subscribes.</summary>
public sealed class AlarmTopic : Construct
{
    /// <summary>For further subscriptions.</summary>
    public Topic Topic { get; }

    /// <summary>Creates the topic.</summary>
    public AlarmTopic(Construct scope, string id, AlarmTopicProps props) : base(scope, id)
    {
        Topic = new Topic(this, "topic", new TopicProps { MasterKey = props.Keys.Topics });
        // Without the key's consent an alarm that goes off is told to nobody.
        props.Keys.AllowAlarms();
        Topic.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["sns:Publish"],
            Conditions = MessagingKeys.OfThisAccount(this),
            Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
            Resources = [Topic.TopicArn],
        }));
        Topic.AddToResourcePolicy(TlsOnly.Publishing(Topic));
        if (props.Mail is { } mail)
            Topic.AddSubscription(new EmailSubscription(mail));
    }

    /// <summary>Tells every alarm of a construct and those below it, when it goes off and when it is over.</summary>
    public void Hear(IConstruct scope)
    {
        foreach (var alarm in scope.Node.FindAll().OfType<Alarm>())
        {
            alarm.AddAlarmAction(new SnsAction(Topic));
            alarm.AddOkAction(new SnsAction(Topic));
        }
    }
}
