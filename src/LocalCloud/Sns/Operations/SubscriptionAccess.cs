using LocalCloud.Iam;

namespace LocalCloud.Sns.Operations;

/// <summary>Who may do what with a subscription: permissions are those on its topic.</summary>
internal static class SubscriptionAccess
{
    /// <summary>The subscription that SubscriptionArn names, if the caller may do that with it.</summary>
    public static Subscription Find(SnsCall call, string action)
    {
        var arn = call.Input.Required("SubscriptionArn");
        call.Demand(action, TopicOf(arn));
        return call.Sns.Subscription(arn);
    }

    /// <summary>
    /// The link in a message needs no signature, unless the subscription was confirmed with AuthenticateOnUnsubscribe, or never by its endpoint: a queue's and a function's.
    /// </summary>
    public static void DemandUnsubscribe(SnsCall call, string arn)
    {
        if (call.Call.Caller.Kind != CallerKind.Anonymous || call.Sns.Subscriptions.Any(subscription => subscription.Arn == arn && (subscription.RequiresSignature || subscription.Protocol is "sqs" or "lambda")))
        {
            call.Demand("sns:Unsubscribe", TopicOf(arn));
        }
    }

    private static string TopicOf(string subscriptionArn) =>
        subscriptionArn.Split(':').Length == 7 ? subscriptionArn[..subscriptionArn.LastIndexOf(':')] : subscriptionArn;
}
