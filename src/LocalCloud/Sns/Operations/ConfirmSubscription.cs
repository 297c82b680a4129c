namespace LocalCloud.Sns.Operations;

/// <summary>Whoever has the token may confirm: it was sent to the endpoint only.</summary>
internal static class ConfirmSubscription
{
    public static void Run(SnsCall call)
    {
        var subscription = call.Sns.Confirm(call.Sns.Topic(call.Input.Required("TopicArn")), call.Input.Required("Token"), call.IsSigned, call.Input["AuthenticateOnUnsubscribe"] == "true");
        call.Output.Element("SubscriptionArn", subscription.Arn);
    }
}
