namespace LocalCloud.Sns.Operations;

internal static class Unsubscribe
{
    public static void Run(SnsCall call)
    {
        var arn = call.Input.Required("SubscriptionArn");
        if (!arn.StartsWith("arn:", StringComparison.Ordinal) || arn.Split(':').Length != 7)
        {
            throw SnsError.InvalidParameter("SubscriptionArn Reason: An ARN must have at least 6 elements, and a subscription's 7");
        }

        SubscriptionAccess.DemandUnsubscribe(call, arn);
        call.Sns.Unsubscribe(arn, call.IsSigned, call.BaseUrl);
    }
}
