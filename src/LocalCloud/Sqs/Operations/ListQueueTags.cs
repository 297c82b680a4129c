namespace LocalCloud.Sqs.Operations;

internal static class ListQueueTags
{
    public static void Run(SqsCall call) => call.Queue("sqs:ListQueueTags").ChangeTags(own =>
    {
        call.Output.WriteStartObject("Tags"u8);
        foreach (var (key, value) in own)
        {
            call.Output.WriteString(key, value);
        }

        call.Output.WriteEndObject();
    });
}
