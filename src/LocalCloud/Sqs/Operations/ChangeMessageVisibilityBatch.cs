namespace LocalCloud.Sqs.Operations;

internal static class ChangeMessageVisibilityBatch
{
    public static void Run(SqsCall call)
    {
        var queue = call.Queue("sqs:ChangeMessageVisibility");
        BatchEntries.Run(call, BatchEntries.Read(call.Input), entry => ChangeMessageVisibility.Change(queue, entry));
    }
}
