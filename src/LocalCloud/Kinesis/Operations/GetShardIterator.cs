namespace LocalCloud.Kinesis.Operations;

internal static class GetShardIterator
{
    public static void Run(KinesisCall call)
    {
        var stream = call.Stream("GetShardIterator");
        var id = call.Input.Required("ShardId", 1, 128);
        var type = call.Input.OneOf("ShardIteratorType", "TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "AT_TIMESTAMP")
            ?? throw Http.JsonInput.Missing("ShardIteratorType");
        var (number, time) = (call.Input.Text("StartingSequenceNumber"), call.Input.Time("Timestamp"));
        var shard = stream.Find(id) ?? throw KinesisError.ShardNotFound(id, stream.Name, call.Streams.AccountId);
        var position = stream.With(shard, call.Streams.Now, shard => type switch
        {
            "TRIM_HORIZON" => shard.First,
            "LATEST" => shard.Next,
            "AT_TIMESTAMP" => shard.PositionAt(time ?? throw KinesisError.InvalidArgument("Must specify timestamp parameter for iterator of type AT_TIMESTAMP.")),
            _ => Position(shard, number, type) + (type == "AFTER_SEQUENCE_NUMBER" ? 1 : 0),
        });
        call.Output.WriteString("ShardIterator"u8, new ShardIterator(stream.Name, stream.Created, shard.Id, position, call.Streams.Now).ToString());
    }

    private static long Position(Shard shard, string? number, string type) =>
        number is null ? throw KinesisError.InvalidArgument($"Must specify sequence number parameter for iterator of type {type}.")
        : shard.PositionOf(number) is { } position && position < shard.Next ? position
        : throw KinesisError.InvalidArgument($"StartingSequenceNumber {Http.Excerpt.Of(number)} used in GetShardIterator on shard {shard.Id} is invalid for this shard.");
}
