using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

internal static class CreateTable
{
    private const int MostGlobal = 20;
    private const int MostLocal = 5;

    public static void Run(DynamoDbCall call)
    {
        var input = call.Input;
        var name = TableName.Read(input);
        call.Demand("CreateTable", call.Database.ArnOf(name));
        var paysPerRequest = input.OneOf("BillingMode", "PROVISIONED", "PAY_PER_REQUEST") == "PAY_PER_REQUEST";
        var attributes = TableInput.Attributes(input);
        var definition = new TableDefinition
        {
            Name = name,
            Attributes = attributes,
            Key = TableInput.Key(input, attributes),
            PaysPerRequest = paysPerRequest,
            Throughput = TableInput.Throughput(input, paysPerRequest),
            TableClass = input.OneOf("TableClass", "STANDARD", "STANDARD_INFREQUENT_ACCESS"),
            DeletionProtection = input.Flag("DeletionProtectionEnabled") == true,
        };
        List<IndexDefinition> indexes =
        [
            .. (input.Structures("GlobalSecondaryIndexes") ?? []).Select(index => TableInput.Index(index, attributes, isGlobal: true, paysPerRequest)),
            .. (input.Structures("LocalSecondaryIndexes") ?? []).Select(index => TableInput.Index(index, attributes, isGlobal: false, paysPerRequest)),
        ];
        Check(definition, indexes);
        var (_, view) = TableInput.Stream(input);
        var tags = Tagging.Read(input);
        var table = call.Database.Create(definition);
        Tagging.Add(table, tags);
        indexes.ForEach(table.Add);
        if (view is not null)
        {
            call.Database.StartStream(table, view);
        }

        TableDescription.Write(call.Output, "TableDescription", table, "CREATING");
    }

    private static void Check(TableDefinition definition, List<IndexDefinition> indexes)
    {
        IndexRules.Check(definition, indexes);
        if (indexes.Count(index => index.IsGlobal) > MostGlobal || indexes.Count(index => !index.IsGlobal) > MostLocal)
        {
            throw DynamoDbError.InvalidValue($"A table has at most {MostGlobal} global and {MostLocal} local secondary indexes");
        }

        var used = definition.Key.Attributes.Concat(indexes.SelectMany(index => index.Key.Attributes)).Select(attribute => attribute.Name).ToHashSet();
        if (used.Count < definition.Attributes.Count)
        {
            throw DynamoDbError.InvalidValue(indexes.Count == 0
                ? "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"
                : $"Some AttributeDefinitions are not used. AttributeDefinitions: [{string.Join(", ", definition.Attributes.Keys)}], keys used: [{string.Join(", ", used)}]");
        }
    }
}
