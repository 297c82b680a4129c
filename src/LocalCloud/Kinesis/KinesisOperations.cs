using LocalCloud.Kinesis.Operations;

namespace LocalCloud.Kinesis;

/// <summary>All operations of Kinesis that there are here, by name.</summary>
internal static class KinesisOperations
{
    public static Dictionary<string, Action<KinesisCall>> All { get; } = new()
    {
        ["AddTagsToStream"] = Tagging.Add,
        ["CreateStream"] = CreateStream.Run,
        ["DecreaseStreamRetentionPeriod"] = Retention.Decrease,
        ["DeleteStream"] = DeleteStream.Run,
        ["DescribeStream"] = DescribeStream.Run,
        ["DescribeStreamSummary"] = DescribeStream.RunSummary,
        ["GetRecords"] = GetRecords.Run,
        ["GetShardIterator"] = GetShardIterator.Run,
        ["IncreaseStreamRetentionPeriod"] = Retention.Increase,
        ["ListShards"] = ListShards.Run,
        ["ListStreams"] = ListStreams.Run,
        ["ListTagsForStream"] = Tagging.List,
        ["PutRecord"] = PutRecord.Run,
        ["PutRecords"] = PutRecords.Run,
        ["RemoveTagsFromStream"] = Tagging.Remove,
    };
}
