namespace LocalCloud.Sqs.Operations;

internal static class GetQueueUrl
{
    public static void Run(SqsCall call)
    {
        var name = call.Input.Required("QueueName");
        var owner = call.Input.String("QueueOwnerAWSAccountId") ?? call.Sqs.AccountId;
        call.Demand("sqs:GetQueueUrl", $"arn:aws:sqs:{call.Sqs.Region}:{owner}:{name}");
        var queue = owner == call.Sqs.AccountId ? call.Sqs.Find(name) : null;
        call.Output.WriteString("QueueUrl"u8, call.UrlOf(queue ?? throw SqsError.QueueDoesNotExist()));
    }
}
