namespace LocalCloud.Kinesis.Operations;

internal static class GetRecords
{
    private const int Most = 10_000;
    private const long MostBytes = 10 * 1024 * 1024;

    public static void Run(KinesisCall call)
    {
        var most = call.Input.Number("Limit", 1, Most) ?? Most;
        var now = call.Streams.Now;
        var iterator = ShardIterator.Parse(call.Input.Required("ShardIterator", 1, 512), now);
        var stream = call.Allowed("GetRecords", iterator.Stream);
        var shard = stream.Created == iterator.Created && stream.Find(iterator.Shard) is { } found ? found : throw KinesisError.InvalidIterator();
        var (records, next, behind) = stream.With(shard, now, shard =>
        {
            var read = shard.Read(iterator.Position, most, MostBytes);
            var next = Math.Max(iterator.Position, shard.First) + read.Count;
            var behind = next < shard.Next ? now - shard.Read(next, 1, MostBytes)[0].At : TimeSpan.Zero;
            return (read, next, behind);
        });
        call.Output.WriteStartArray("Records"u8);
        foreach (var record in records)
        {
            call.Output.WriteStartObject();
            call.Output.WriteString("SequenceNumber"u8, record.SequenceNumber);
            call.Json.WriteTime("ApproximateArrivalTimestamp", record.At);
            call.Output.WriteBase64String("Data"u8, record.Data);
            call.Output.WriteString("PartitionKey"u8, record.PartitionKey);
            call.Output.WriteString("EncryptionType"u8, "NONE"u8);
            call.Output.WriteEndObject();
        }

        call.Output.WriteEndArray();
        call.Output.WriteString("NextShardIterator"u8, (iterator with { Position = next, Made = now }).ToString());
        call.Output.WriteNumber("MillisBehindLatest"u8, (long)behind.TotalMilliseconds);
    }
}
