namespace LocalCloud.Kinesis.Operations;

/// <summary>DescribeStream, and the same without shards.</summary>
internal static class DescribeStream
{
    private const int Usual = 100;
    private const int Most = 10_000;

    public static void Run(KinesisCall call)
    {
        var stream = call.Stream("DescribeStream");
        var (size, after) = (call.Input.Number("Limit", 1, Most) ?? Usual, call.Input.Text("ExclusiveStartShardId", 1, 128));
        var rest = stream.Shards.Where(shard => after is null || string.CompareOrdinal(shard.Id, after) > 0).ToList();
        call.Output.WriteStartObject("StreamDescription"u8);
        WriteHead(call, stream);
        ShardList.Write(call, rest.Take(size));
        call.Output.WriteBoolean("HasMoreShards"u8, rest.Count > size);
        call.Output.WriteEndObject();
    }

    public static void RunSummary(KinesisCall call)
    {
        var stream = call.Stream("DescribeStreamSummary");
        call.Output.WriteStartObject("StreamDescriptionSummary"u8);
        WriteHead(call, stream);
        call.Output.WriteNumber("OpenShardCount"u8, stream.Shards.Length);
        call.Output.WriteNumber("ConsumerCount"u8, 0);
        call.Output.WriteNumber("MaxRecordSizeInKiB"u8, stream.RecordBytes / 1024);
        call.Output.WriteEndObject();
    }

    private static void WriteHead(KinesisCall call, KinesisStream stream)
    {
        StreamNames.WriteOne(call, stream);
        call.Output.WriteNumber("RetentionPeriodHours"u8, stream.RetentionHours);
        call.Output.WriteStartArray("EnhancedMonitoring"u8);
        call.Output.WriteStartObject();
        call.Output.WriteStartArray("ShardLevelMetrics"u8);
        call.Output.WriteEndArray();
        call.Output.WriteEndObject();
        call.Output.WriteEndArray();
        call.Output.WriteString("EncryptionType"u8, "NONE"u8);
    }
}
