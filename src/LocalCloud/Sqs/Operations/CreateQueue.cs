namespace LocalCloud.Sqs.Operations;

internal static class CreateQueue
{
    public static void Run(SqsCall call)
    {
        var name = call.Input.Required("QueueName");
        var tags = call.Input.Map("tags");
        call.Demand("sqs:CreateQueue", call.Sqs.ArnOf(name));
        if (tags.Count > 0)
        {
            call.Demand("sqs:TagQueue", call.Sqs.ArnOf(name));
        }

        var queue = call.Sqs.Create(name, call.Input.Map("Attributes"), tags);
        call.Output.WriteString("QueueUrl"u8, call.UrlOf(queue));
    }
}
