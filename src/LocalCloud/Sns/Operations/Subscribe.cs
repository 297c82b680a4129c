namespace LocalCloud.Sns.Operations;

internal static class Subscribe
{
    public static void Run(SnsCall call)
    {
        var input = call.Input;
        var subscription = call.Sns.Subscribe(call.Topic(), input.Required("Protocol"), input.Required("Endpoint"), input.Map("Attributes"), call.BaseUrl);
        var hidden = subscription.IsPending && input["ReturnSubscriptionArn"] != "true";
        call.Output.Element("SubscriptionArn", hidden ? "pending confirmation" : subscription.Arn);
    }
}
