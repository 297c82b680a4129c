namespace LocalCloud.Sns.Operations;

internal static class ConfirmSubscription
{
    public static void Run(SnsCall call)
    {
        var subscription = call.Sns.Confirm(call.Topic(), call.Input.Required("Token"), call.IsSigned, call.Input["AuthenticateOnUnsubscribe"] == "true");
        call.Output.Element("SubscriptionArn", subscription.Arn);
    }
}
