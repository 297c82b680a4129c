namespace LocalCloud.Sqs.Operations;

internal static class PurgeQueue
{
    public static void Run(SqsCall call) => call.Queue("sqs:PurgeQueue").Purge();
}
