namespace LocalCloud.Sqs.Operations;

internal static class UntagQueue
{
    public static void Run(SqsCall call)
    {
        var keys = call.Input.Strings("TagKeys");
        call.Queue().ChangeTags(own =>
        {
            foreach (var key in keys)
            {
                own.Remove(key);
            }
        });
    }
}
