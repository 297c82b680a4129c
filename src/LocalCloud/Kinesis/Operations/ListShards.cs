using System.Text;

namespace LocalCloud.Kinesis.Operations;

/// <summary>All shards are open: of the filters only AFTER_SHARD_ID leaves some out.</summary>
internal static class ListShards
{
    private const int Usual = 1000;
    private const int Most = 10_000;

    public static void Run(KinesisCall call)
    {
        var size = call.Input.Number("MaxResults", 1, Most) ?? Usual;
        var (stream, after) = call.Input.Text("NextToken", 1) is { } token ? FromToken(call, token) : (call.Stream("ListShards"), call.Input.Text("ExclusiveStartShardId", 1, 128));
        if (call.Input.Structure("ShardFilter") is { } filter
            && filter.OneOf("Type", "AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST", "AT_TIMESTAMP", "FROM_TIMESTAMP") == "AFTER_SHARD_ID")
        {
            after = filter.Required("ShardId", 1, 128);
        }

        var rest = stream.Shards.Where(shard => after is null || string.CompareOrdinal(shard.Id, after) > 0).ToList();
        ShardList.Write(call, rest.Take(size));
        if (rest.Count > size)
        {
            call.Output.WriteString("NextToken"u8, Convert.ToBase64String(Encoding.ASCII.GetBytes($"{stream.Name} {rest[size - 1].Id}")));
        }
    }

    private static (KinesisStream Stream, string After) FromToken(KinesisCall call, string token)
    {
        if (call.Input.Has("StreamName") || call.Input.Has("ExclusiveStartShardId"))
        {
            throw KinesisError.InvalidArgument("NextToken names stream and shard: leave out StreamName and ExclusiveStartShardId.");
        }

        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length) && Encoding.ASCII.GetString(bytes, 0, length).Split(' ') is [var name, var shard]
            ? (call.Allowed("ListShards", name), shard) : throw KinesisError.InvalidArgument("NextToken is none that this service gave out.");
    }
}
