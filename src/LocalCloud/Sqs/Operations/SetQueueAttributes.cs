namespace LocalCloud.Sqs.Operations;

internal static class SetQueueAttributes
{
    public static void Run(SqsCall call)
    {
        var queue = call.Queue("sqs:SetQueueAttributes");
        var attributes = call.Input.Map("Attributes");
        call.Sqs.SetAttributes(queue, attributes.Count > 0 ? attributes : throw SqsError.Missing("Attributes"));
    }
}
