using System.Collections.Frozen;
using LocalCloud.DynamoDb.Operations;

namespace LocalCloud.DynamoDb;

/// <summary>All operations of DynamoDB and its streams by name.</summary>
internal static class DynamoDbOperations
{
    public static FrozenDictionary<string, Action<DynamoDbCall>> All { get; } = new Dictionary<string, Action<DynamoDbCall>>
    {
        ["BatchGetItem"] = BatchGetItem.Run,
        ["BatchWriteItem"] = BatchWriteItem.Run,
        ["CreateTable"] = CreateTable.Run,
        ["DeleteItem"] = DeleteItem.Run,
        ["DeleteTable"] = DeleteTable.Run,
        ["DescribeStream"] = DescribeStream.Run,
        ["DescribeTable"] = DescribeTable.Run,
        ["DescribeTimeToLive"] = TimeToLive.Describe,
        ["GetItem"] = GetItem.Run,
        ["GetRecords"] = GetRecords.Run,
        ["GetShardIterator"] = GetShardIterator.Run,
        ["ListStreams"] = ListStreams.Run,
        ["ListTables"] = ListTables.Run,
        ["ListTagsOfResource"] = Tagging.List,
        ["PutItem"] = PutItem.Run,
        ["Query"] = Query.Run,
        ["Scan"] = Scan.Run,
        ["TagResource"] = Tagging.Tag,
        ["TransactGetItems"] = TransactGetItems.Run,
        ["TransactWriteItems"] = TransactWriteItems.Run,
        ["UntagResource"] = Tagging.Untag,
        ["UpdateItem"] = UpdateItem.Run,
        ["UpdateTable"] = UpdateTable.Run,
        ["UpdateTimeToLive"] = TimeToLive.Update,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
