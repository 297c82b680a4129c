namespace LocalCloud.Sqs.Operations;

internal static class DeleteMessageBatch
{
    public static void Run(SqsCall call)
    {
        var queue = call.Queue("sqs:DeleteMessage");
        BatchEntries.Run(call, BatchEntries.Read(call.Input), entry => queue.Delete(entry.Required("ReceiptHandle")));
    }
}
