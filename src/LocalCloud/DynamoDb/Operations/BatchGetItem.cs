using LocalCloud.DynamoDb.Tables;
using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Operations;

internal static class BatchGetItem
{
    private const int MostKeys = 100;
    private const int LargestAnswer = 16 * 1024 * 1024;

    public static void Run(DynamoDbCall call)
    {
        var capacity = new CapacityReport(call.Input);
        var requests = BatchRequests.Read(call.Input).Select(request => Read(call, request.Table, request.Value)).ToList();
        if (requests.Sum(request => request.Reads.Count) > MostKeys)
        {
            throw DynamoDbError.Validation("Too many items requested for the BatchGetItem call");
        }

        var bytes = 0L;
        var late = new Dictionary<string, List<MapValue>>();
        call.Output.WriteStartObject("Responses"u8);
        foreach (var (name, input, reads) in requests)
        {
            call.Output.WriteStartArray(name);
            foreach (var read in reads)
            {
                bytes += read.Item?.ContentSize ?? 0;
                if (bytes > LargestAnswer)
                {
                    (late.TryGetValue(name, out var keys) ? keys : late[name] = []).Add(read.Key);
                    continue;
                }

                capacity.Read(read.Table, null, read.Item?.ContentSize ?? 0, input.Flag("ConsistentRead") == true);
                read.Wanted?.WriteContent(call.Output);
            }

            call.Output.WriteEndArray();
        }

        call.Output.WriteEndObject();
        call.Output.WriteStartObject("UnprocessedKeys"u8);
        foreach (var (name, input, _) in requests.Where(request => late.ContainsKey(request.Name)))
        {
            WriteUnprocessed(call, name, input, late[name]);
        }

        call.Output.WriteEndObject();
        capacity.WriteAll(call.Output);
    }

    private static (string Name, DynamoDbInput Input, List<ItemRead> Reads) Read(DynamoDbCall call, string name, DynamoDbInput input)
    {
        var arn = call.Database.ArnOf(TableName.OfReference("requestItems", name));
        call.Demand("BatchGetItem", arn);
        var table = BatchRequests.Find(call, name);
        var projection = ItemRead.ProjectionIn(input);
        if (input.Structures("Keys") is not { Count: > 0 } keys)
        {
            throw DynamoDbError.Missing("Keys");
        }

        List<ItemRead> reads = [.. keys.Select(key => new ItemRead(table, ItemRules.CheckKey(table, ValueReader.ReadMap(key.Json)), projection))];
        reads.ForEach(read => call.Demand("BatchGetItem", table, read.Key));
        return reads.Select(read => read.Key).Distinct().Count() == reads.Count ? (name, input, reads)
            : throw DynamoDbError.Validation("Provided list of item keys contains duplicates");
    }

    private static void WriteUnprocessed(DynamoDbCall call, string name, DynamoDbInput input, List<MapValue> keys)
    {
        call.Output.WriteStartObject(name);
        foreach (var member in input.Json.EnumerateObject().Where(member => member.Name != "Keys"))
        {
            member.WriteTo(call.Output);
        }

        call.Output.WriteStartArray("Keys"u8);
        keys.ForEach(key => key.WriteContent(call.Output));
        call.Output.WriteEndArray();
        call.Output.WriteEndObject();
    }
}
