namespace LocalCloud.DynamoDb.Operations;

internal static class ListTables
{
    private const int Most = 100;

    public static void Run(DynamoDbCall call)
    {
        call.Demand("ListTables", "*");
        var start = call.Input.Text("ExclusiveStartTableName");
        var limit = (int)(call.Input.Number("Limit", 1, Most) ?? Most);
        var names = call.Database.Tables.Select(table => table.Name).Where(name => start is null || string.CompareOrdinal(name, start) > 0).Take(limit + 1).ToList();
        call.Output.WriteStartArray("TableNames"u8);
        foreach (var name in names.Take(limit))
        {
            call.Output.WriteStringValue(name);
        }

        call.Output.WriteEndArray();
        if (names.Count > limit)
        {
            call.Output.WriteString("LastEvaluatedTableName"u8, names[limit - 1]);
        }
    }
}
