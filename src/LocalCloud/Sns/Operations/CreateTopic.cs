namespace LocalCloud.Sns.Operations;

internal static class CreateTopic
{
    public static void Run(SnsCall call)
    {
        var arn = $"arn:aws:sns:{call.Call.Options.Region}:{call.Sns.AccountId}:{call.Input.Required("Name")}";
        call.Demand("sns:CreateTopic", arn);
        if (call.Input.Tags().Count > 0)
        {
            call.Demand("sns:TagResource", arn);
        }

        var topic = call.Sns.Create(call.Input.Required("Name"), call.Input.Map("Attributes"), call.Input.Tags());
        call.Output.Element("TopicArn", topic.Arn);
    }
}
