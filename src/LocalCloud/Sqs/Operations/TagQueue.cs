namespace LocalCloud.Sqs.Operations;

internal static class TagQueue
{
    public static void Run(SqsCall call)
    {
        var tags = call.Input.Map("Tags");
        call.Queue().ChangeTags(own => QueueTags.Add(own, tags));
    }
}
