namespace LocalCloud.DynamoDb.Operations;

internal static class GetItem
{
    public static void Run(DynamoDbCall call)
    {
        var capacity = new CapacityReport(call.Input);
        var read = ItemRead.Read(call, call.Input);
        capacity.Read(read.Table, null, read.Item?.ContentSize ?? 0, call.Input.Flag("ConsistentRead") == true);
        if (read.Wanted is { } item)
        {
            call.Output.WritePropertyName("Item"u8);
            item.WriteContent(call.Output);
        }

        capacity.WriteOne(call.Output);
    }
}
