using LocalCloud.DynamoDb.Streams;

namespace LocalCloud.DynamoDb.Operations;

internal static class GetShardIterator
{
    public static void Run(DynamoDbCall call)
    {
        var stream = StreamReference.Find(call, "GetShardIterator", call.Input.Required("StreamArn"));
        if (call.Input.Required("ShardId") is var shard && shard != stream.ShardId)
        {
            throw DynamoDbError.NotFound($"Shard: {Http.Excerpt.Of(shard)} not found");
        }

        var sequence = call.Input.OneOf("ShardIteratorType", "AFTER_SEQUENCE_NUMBER", "LATEST", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON") switch
        {
            "TRIM_HORIZON" => stream.First,
            "LATEST" => stream.Next,
            "AT_SEQUENCE_NUMBER" => Given(call, stream),
            "AFTER_SEQUENCE_NUMBER" => Given(call, stream) + 1,
            _ => throw DynamoDbError.Missing("ShardIteratorType"),
        };
        call.Output.WriteString("ShardIterator"u8, new ShardIterator(stream.Arn, sequence, call.Database.Now).ToString());
    }

    private static long Given(DynamoDbCall call, TableStream stream)
    {
        var text = call.Input.Text("SequenceNumber") ?? throw DynamoDbError.Validation("The SequenceNumber parameter is required for this ShardIteratorType");
        var sequence = SequenceNumber.Parse(text);
        return sequence is null || sequence > stream.Next ? throw DynamoDbError.Validation($"Invalid SequenceNumber: {Http.Excerpt.Of(text)}")
            : sequence < stream.First ? throw DynamoDbError.Trimmed()
            : sequence.Value;
    }
}
