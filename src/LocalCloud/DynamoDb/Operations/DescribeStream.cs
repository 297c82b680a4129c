using LocalCloud.DynamoDb.Streams;

namespace LocalCloud.DynamoDb.Operations;

internal static class DescribeStream
{
    public static void Run(DynamoDbCall call)
    {
        var output = call.Output;
        var stream = StreamReference.Find(call, "DescribeStream", call.Input.Required("StreamArn"));
        output.WriteStartObject("StreamDescription"u8);
        output.WriteString("StreamArn"u8, stream.Arn);
        output.WriteString("StreamLabel"u8, stream.Label);
        output.WriteString("StreamStatus"u8, stream.Closed is null ? "ENABLED" : "DISABLED");
        output.WriteString("StreamViewType"u8, stream.View);
        output.WriteNumber("CreationRequestDateTime"u8, TableDescription.Seconds(stream.Created));
        output.WriteString("TableName"u8, stream.Table);
        TableDescription.WriteKey(output, stream.Key);
        output.WriteStartArray("Shards"u8);
        // There is one shard: after it there are none.
        if (!call.Input.Has("ExclusiveStartShardId"))
        {
            output.WriteStartObject();
            output.WriteString("ShardId"u8, stream.ShardId);
            output.WriteStartObject("SequenceNumberRange"u8);
            output.WriteString("StartingSequenceNumber"u8, SequenceNumber.Of(1));
            if (stream.Closed is not null)
            {
                output.WriteString("EndingSequenceNumber"u8, SequenceNumber.Of(stream.Next));
            }

            output.WriteEndObject();
            output.WriteEndObject();
        }

        output.WriteEndArray();
        output.WriteEndObject();
    }
}
