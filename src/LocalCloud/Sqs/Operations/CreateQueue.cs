namespace LocalCloud.Sqs.Operations;

internal static class CreateQueue
{
    public static void Run(SqsCall call)
    {
        var queue = call.Sqs.Create(call.Input.Required("QueueName"), call.Input.Map("Attributes"), call.Input.Map("tags"));
        call.Output.WriteString("QueueUrl"u8, call.UrlOf(queue));
    }
}
