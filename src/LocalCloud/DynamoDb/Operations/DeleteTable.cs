namespace LocalCloud.DynamoDb.Operations;

internal static class DeleteTable
{
    public static void Run(DynamoDbCall call)
    {
        var table = call.NamedTable("DeleteTable");
        if (table.Definition.DeletionProtection)
        {
            throw DynamoDbError.Validation("Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
        }

        call.Database.Delete(table);
        TableDescription.Write(call.Output, "TableDescription", table, "DELETING");
    }
}
