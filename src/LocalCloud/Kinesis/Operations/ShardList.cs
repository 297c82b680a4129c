using System.Globalization;

namespace LocalCloud.Kinesis.Operations;

internal static class ShardList
{
    public static void Write(KinesisCall call, IEnumerable<Shard> shards)
    {
        var output = call.Output;
        output.WriteStartArray("Shards"u8);
        foreach (var shard in shards)
        {
            output.WriteStartObject();
            output.WriteString("ShardId"u8, shard.Id);
            output.WriteStartObject("HashKeyRange"u8);
            output.WriteString("StartingHashKey"u8, shard.Range.Start.ToString(CultureInfo.InvariantCulture));
            output.WriteString("EndingHashKey"u8, shard.Range.End.ToString(CultureInfo.InvariantCulture));
            output.WriteEndObject();
            output.WriteStartObject("SequenceNumberRange"u8);
            output.WriteString("StartingSequenceNumber"u8, shard.StartingSequenceNumber);
            output.WriteEndObject();
            output.WriteEndObject();
        }

        output.WriteEndArray();
    }
}
