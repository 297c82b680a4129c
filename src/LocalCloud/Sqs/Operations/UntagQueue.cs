namespace LocalCloud.Sqs.Operations;

internal static class UntagQueue
{
    public static void Run(SqsCall call)
    {
        var (queue, keys) = (call.Queue("sqs:UntagQueue"), call.Input.Strings("TagKeys"));
        if (keys.Count == 0)
        {
            throw SqsError.InvalidParameter("Tag keys must be between 1 and 128 characters in length.");
        }

        queue.ChangeTags(own =>
        {
            foreach (var key in keys)
            {
                own.Remove(key);
            }
        });
    }
}
