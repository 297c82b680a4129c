namespace LocalCloud.Sns.Operations;

internal static class ConfirmSubscription
{
    public static void Run(SnsCall call)
    {
        var authenticated = call.IsSigned && call.Input["AuthenticateOnUnsubscribe"] == "true";
        call.Output.Element("SubscriptionArn", call.Sns.Confirm(call.Topic(), call.Input.Required("Token"), authenticated).Arn);
    }
}
