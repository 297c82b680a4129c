namespace LocalCloud.Sqs.Operations;

internal static class ListDeadLetterSourceQueues
{
    // The member's name is in lower case in the service's model, unlike ListQueues'.
    public static void Run(SqsCall call) => QueuePage.Write(call, call.Sqs.SourcesOf(call.Queue("sqs:ListDeadLetterSourceQueues")), "queueUrls");
}
