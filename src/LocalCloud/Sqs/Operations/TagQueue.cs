namespace LocalCloud.Sqs.Operations;

internal static class TagQueue
{
    public static void Run(SqsCall call)
    {
        var queue = call.Queue("sqs:TagQueue");
        var tags = call.Input.Map("Tags");
        queue.ChangeTags(own => QueueTags.Add(own, tags));
    }
}
