namespace LocalCloud.Sns.Operations;

internal static class Publish
{
    public static void Run(SnsCall call)
    {
        var arn = call.Input["TopicArn"] ?? call.Input["TargetArn"]
            ?? throw SnsError.InvalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
        var topic = call.Topic("sns:Publish", arn);
        TopicKey.Demand(call.Call, call.Sns.Keys, topic);
        var notification = OutgoingNotification.Read(call.Input, topic, call.Sns.Time.GetUtcNow());
        call.Call.Carry(OutgoingNotification.SizeOf(notification));
        var (id, number) = call.Sns.Publish(notification);
        call.Output.Element("MessageId", $"{id}").Element("SequenceNumber", number is null ? null : $"{number}");
    }
}
