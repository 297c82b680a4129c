namespace LocalCloud.Sns.Operations;

internal static class ListSubscriptions
{
    public static void All(SnsCall call)
    {
        call.DemandAll("sns:ListSubscriptions");
        Write(call, call.Sns.Subscriptions);
    }

    public static void Write(SnsCall call, IEnumerable<Subscription> subscriptions) => call.WritePage("Subscriptions", subscriptions, subscription => call.Output
        .Element("SubscriptionArn", subscription.IsPending ? "PendingConfirmation" : subscription.Arn)
        .Element("Owner", call.Sns.AccountId)
        .Element("Protocol", subscription.Protocol)
        .Element("Endpoint", subscription.ShownEndpoint)
        .Element("TopicArn", subscription.Topic.Arn));
}
