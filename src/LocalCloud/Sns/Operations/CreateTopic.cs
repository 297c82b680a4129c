namespace LocalCloud.Sns.Operations;

internal static class CreateTopic
{
    public static void Run(SnsCall call)
    {
        var topic = call.Sns.Create(call.Input.Required("Name"), call.Input.Map("Attributes"), call.Input.Tags());
        call.Output.Element("TopicArn", topic.Arn);
    }
}
