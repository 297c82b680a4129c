namespace LocalCloud.Sqs.Operations;

internal static class DeleteMessage
{
    public static void Run(SqsCall call) => call.Queue("sqs:DeleteMessage").Delete(call.Input.Required("ReceiptHandle"));
}
