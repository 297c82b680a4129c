namespace LocalCloud.Kinesis.Operations;

internal static class DeleteStream
{
    public static void Run(KinesisCall call) => call.Streams.Delete(call.Stream("DeleteStream").Name);
}
