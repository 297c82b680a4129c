using System.Text.Json;
using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

internal static class BatchWriteItem
{
    private const int MostWrites = 25;

    public static void Run(DynamoDbCall call)
    {
        var capacity = new CapacityReport(call.Input);
        List<ItemWrite> writes = [.. BatchRequests.Read(call.Input, JsonValueKind.Array).SelectMany(request => Read(call, request.Table, request.Value.Json))];
        if (writes.Count > MostWrites)
        {
            throw DynamoDbError.Validation("Too many items requested for the BatchWriteItem call");
        }

        if (writes.DistinctBy(write => (write.Table, write.Table.Key.Of(write.Key)![0], write.Table.Key.Of(write.Key)![^1])).Count() < writes.Count)
        {
            throw DynamoDbError.Validation("Provided list of item keys contains duplicates");
        }

        call.Database.Ensure(writes.Sum(write => (long)Math.Max(0, Table.Growth(write.Before, write.After()))));
        foreach (var write in writes)
        {
            write.Apply(write.After(), call.Database.Now, capacity);
        }

        call.Output.WriteStartObject("UnprocessedItems"u8);
        call.Output.WriteEndObject();
        capacity.WriteAll(call.Output);
    }

    private static IEnumerable<ItemWrite> Read(DynamoDbCall call, string name, JsonElement requests)
    {
        call.Demand("BatchWriteItem", call.Database.ArnOf(TableName.OfReference("requestItems", name)));
        var table = BatchRequests.Find(call, name);
        foreach (var request in requests.EnumerateArray().Take(MostWrites + 1))
        {
            if (request.ValueKind != JsonValueKind.Object)
            {
                throw DynamoDbError.Malformed("A write request must be an object.");
            }

            var input = new DynamoDbInput(request);
            if (input.Structure("PutRequest") is { } put && !input.Has("DeleteRequest"))
            {
                var item = ItemRules.CheckItem(table, put.RequiredValues("Item"));
                call.Demand("BatchWriteItem", table, item);
                yield return new ItemWrite(table, item, null, _ => item, false);
            }
            else if (input.Structure("DeleteRequest") is { } delete && !input.Has("PutRequest"))
            {
                var key = ItemRules.CheckKey(table, delete.RequiredValues("Key"));
                call.Demand("BatchWriteItem", table, key);
                yield return new ItemWrite(table, key, null, _ => null, false);
            }
            else
            {
                throw DynamoDbError.Validation(
                    "A write request must have exactly one of PutRequest and DeleteRequest");
            }
        }
    }
}
