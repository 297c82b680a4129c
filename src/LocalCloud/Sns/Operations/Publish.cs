namespace LocalCloud.Sns.Operations;

internal static class Publish
{
    public static void Run(SnsCall call)
    {
        var topic = Target(call);
        TopicKey.Demand(call.Call, call.Sns.Keys, topic);
        var notification = OutgoingNotification.Read(call.Input, topic, call.Sns.Time.GetUtcNow()) with { BaseUrl = call.BaseUrl };
        call.Call.Carry(OutgoingNotification.SizeOf(notification));
        var (id, number) = call.Sns.Publish(notification);
        call.Output.Element("MessageId", $"{id}").Element("SequenceNumber", number is null ? null : $"{number}");
    }

    private static Topic Target(SnsCall call)
    {
        string?[] targets = [call.Input["TopicArn"], call.Input["TargetArn"], call.Input["PhoneNumber"]];
        if (targets.Count(target => target is not null) != 1)
        {
            throw SnsError.InvalidParameter(Array.TrueForAll(targets, target => target is null)
                ? "TopicArn or TargetArn Reason: no value for required parameter"
                : "TopicArn Reason: only one of TopicArn, TargetArn and PhoneNumber can be given");
        }

        if (targets[2] is not null)
        {
            throw SnsError.InvalidParameter("PhoneNumber Reason: LocalCloud sends no SMS");
        }

        var arn = targets[0] ?? targets[1]!;
        return arn.Contains(":endpoint/", StringComparison.Ordinal)
            ? throw SnsError.InvalidParameter("TargetArn Reason: No endpoint found for the target arn specified")
            : call.Topic("sns:Publish", arn);
    }
}
