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

        string? protection = null;
        if (call.Input["DataProtectionPolicy"] is { Length: > 0 } policy)
        {
            call.Demand(DataProtection.PutAction, arn);
            protection = DataProtection.Check(policy);
        }

        var topic = call.Sns.Create(call.Input.Required("Name"), call.Input.Map("Attributes"), call.Input.Tags());
        if (protection is not null)
        {
            call.Sns.SetDataProtection(topic, protection);
        }

        call.Output.Element("TopicArn", topic.Arn);
    }
}
