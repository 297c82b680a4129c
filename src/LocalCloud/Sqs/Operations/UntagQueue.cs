namespace LocalCloud.Sqs.Operations;

internal static class UntagQueue
{
    public static void Run(SqsCall call)
    {
        var queue = call.Queue("sqs:UntagQueue");
        var keys = call.Input.Strings("TagKeys");
        queue.ChangeTags(own =>
        {
            foreach (var key in keys)
            {
                own.Remove(key);
            }
        });
    }
}
