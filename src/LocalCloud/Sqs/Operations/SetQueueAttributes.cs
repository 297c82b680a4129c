namespace LocalCloud.Sqs.Operations;

internal static class SetQueueAttributes
{
    public static void Run(SqsCall call)
    {
        var attributes = call.Input.Map("Attributes");
        call.Sqs.SetAttributes(call.Queue(), attributes.Count > 0 ? attributes : throw SqsError.Missing("Attributes"));
    }
}
