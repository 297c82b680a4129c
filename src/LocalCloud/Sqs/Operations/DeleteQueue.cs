namespace LocalCloud.Sqs.Operations;

internal static class DeleteQueue
{
    public static void Run(SqsCall call) => call.Sqs.Delete(call.Queue("sqs:DeleteQueue"));
}
