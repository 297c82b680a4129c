namespace LocalCloud.Sqs.Operations;

internal static class ListQueues
{
    public static void Run(SqsCall call)
    {
        call.Demand("sqs:ListQueues", call.Sqs.ArnOf(""));
        var prefix = call.Input.String("QueueNamePrefix") ?? "";
        QueuePage.Write(call, call.Sqs.Queues.Where(queue => queue.Name.StartsWith(prefix, StringComparison.Ordinal)), "QueueUrls");
    }
}
