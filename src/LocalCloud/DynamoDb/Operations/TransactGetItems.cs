namespace LocalCloud.DynamoDb.Operations;

internal static class TransactGetItems
{
    public static void Run(DynamoDbCall call)
    {
        var capacity = new CapacityReport(call.Input, transactional: true);
        List<ItemRead> reads = [.. TransactItems.Read(call.Input).Select(item => ItemRead.Read(call, item.Structure("Get") ?? throw DynamoDbError.Missing("Get")))];
        TransactItems.CheckDistinct(reads.Select(read => (read.Table, read.Key)));
        call.Output.WriteStartArray("Responses"u8);
        foreach (var read in reads)
        {
            capacity.Read(read.Table, null, read.Item?.ContentSize ?? 0, consistent: true);
            call.Output.WriteStartObject();
            if (read.Wanted is { } item)
            {
                call.Output.WritePropertyName("Item"u8);
                item.WriteContent(call.Output);
            }

            call.Output.WriteEndObject();
        }

        call.Output.WriteEndArray();
        capacity.WriteAll(call.Output);
    }
}
