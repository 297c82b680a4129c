namespace LocalCloud.Sqs.Operations;

internal static class TagQueue
{
    public static void Run(SqsCall call)
    {
        var (queue, tags) = (call.Queue("sqs:TagQueue"), call.Input.Map("Tags"));
        if (tags.Count == 0)
        {
            throw SqsError.Missing("Tags");
        }

        queue.ChangeTags(own => QueueTags.Add(own, tags));
    }
}
