namespace LocalCloud.Sns.Operations;

internal static class Subscribe
{
    public static void Run(SnsCall call)
    {
        var input = call.Input;
        var (arn, protocol, endpoint) = (input.Required("TopicArn"), input.Required("Protocol"), input.Required("Endpoint"));
        call.Demand("sns:Subscribe", arn, new Dictionary<string, string> { ["sns:Protocol"] = protocol, ["sns:Endpoint"] = endpoint });
        var subscription = call.Sns.Subscribe(call.Sns.Topic(arn), protocol, endpoint, input.Map("Attributes"), call.Call.Caller.Arn, call.BaseUrl);
        var hidden = subscription.IsPending && input["ReturnSubscriptionArn"] != "true";
        call.Output.Element("SubscriptionArn", hidden ? "pending confirmation" : subscription.Arn);
    }
}
