using LocalCloud.DynamoDb.Streams;

namespace LocalCloud.DynamoDb.Operations;

internal static class GetRecords
{
    private const int Most = 1000;
    private const int LargestAnswer = 1024 * 1024;

    public static void Run(DynamoDbCall call)
    {
        var iterator = ShardIterator.Parse(call.Input.Required("ShardIterator"), call.Database.Now);
        var stream = StreamReference.Find(call, "GetRecords", iterator.StreamArn);
        if (iterator.Sequence < stream.First)
        {
            throw DynamoDbError.Trimmed();
        }

        var limit = call.Input.Number("Limit", 1, Most) ?? Most;
        var (next, count, bytes) = (iterator.Sequence, 0, 0L);
        call.Output.WriteStartArray("Records"u8);
        foreach (var record in stream.From(iterator.Sequence))
        {
            bytes += record.Cost;
            if (count == limit || (count > 0 && bytes > LargestAnswer))
            {
                break;
            }

            record.Write(call.Output, call.Database.Region, stream.View);
            (next, count) = (record.Sequence + 1, count + 1);
        }

        call.Output.WriteEndArray();
        // A closed shard ends; an open one goes on, with or without records.
        if (stream.Closed is null || next < stream.Next)
        {
            call.Output.WriteString("NextShardIterator"u8, new ShardIterator(stream.Arn, next, call.Database.Now).ToString());
        }
    }
}
