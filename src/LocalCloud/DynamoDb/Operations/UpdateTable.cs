using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

internal static class UpdateTable
{
    public static void Run(DynamoDbCall call)
    {
        var input = call.Input;
        var table = call.NamedTable("UpdateTable");
        var now = table.Definition;
        var paysPerRequest = input.OneOf("BillingMode", "PROVISIONED", "PAY_PER_REQUEST") is { } billing ? billing == "PAY_PER_REQUEST" : now.PaysPerRequest;
        var throughput = input.Has("ProvisionedThroughput") || paysPerRequest != now.PaysPerRequest
            ? TableInput.Throughput(input, paysPerRequest) : now.Throughput;
        var (streamGiven, view) = TableInput.Stream(input);
        CheckStream(table, streamGiven, view);
        var attributes = new Dictionary<string, string>(now.Attributes, StringComparer.Ordinal);
        foreach (var (name, type) in TableInput.Attributes(input))
        {
            attributes[name] = type;
        }

        var next = now with
        {
            PaysPerRequest = paysPerRequest,
            Throughput = throughput,
            TableClass = input.OneOf("TableClass", "STANDARD", "STANDARD_INFREQUENT_ACCESS") ?? now.TableClass,
            DeletionProtection = input.Flag("DeletionProtectionEnabled") ?? now.DeletionProtection,
        };
        var changes = IndexChanges.Read(input, table, attributes, next);
        if (paysPerRequest && !now.PaysPerRequest)
        {
            table.BillingChanged = call.Database.Now;
        }

        table.Definition = next;
        changes.ForEach(change => change());
        var used = table.Key.Attributes.Concat(table.Indexes.SelectMany(index => index.Key.Attributes)).Select(attribute => attribute.Name).ToHashSet();
        table.Definition = next with { Attributes = attributes.Where(attribute => used.Contains(attribute.Key)).ToDictionary() };
        if (streamGiven && view is null)
        {
            table.Stream!.Close(call.Database.Now);
        }
        else if (view is not null)
        {
            call.Database.StartStream(table, view);
        }

        TableDescription.Write(call.Output, "TableDescription", table, "UPDATING");
    }

    private static void CheckStream(Table table, bool given, string? view)
    {
        var isOn = table.Stream is { Closed: null };
        if (given && view is not null && isOn)
        {
            throw DynamoDbError.Validation($"Table already has an enabled stream: TableName: {table.Name}");
        }

        if (given && view is null && !isOn)
        {
            throw DynamoDbError.Validation($"Table has no stream to disable: TableName: {table.Name}");
        }
    }
}
