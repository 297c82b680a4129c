namespace LocalCloud.Kinesis.Operations;

internal static class PutRecord
{
    public static void Run(KinesisCall call)
    {
        var stream = call.Stream("PutRecord");
        var (shard, number) = NewRecord.Read(call.Input, stream).Put(call, stream);
        call.Output.WriteString("ShardId"u8, shard.Id);
        call.Output.WriteString("SequenceNumber"u8, number);
        call.Output.WriteString("EncryptionType"u8, "NONE"u8);
    }
}
