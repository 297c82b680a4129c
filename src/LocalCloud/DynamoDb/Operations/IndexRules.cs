using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

/// <summary>What the indexes of a table must be.</summary>
internal static class IndexRules
{
    /// <exception cref="Http.ServiceException">Two have one name, or a local one does not suit the table's key.</exception>
    public static void Check(TableDefinition table, IReadOnlyList<IndexDefinition> indexes)
    {
        if (indexes.GroupBy(index => index.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw DynamoDbError.InvalidValue($"Duplicate index name: {twice.Key}");
        }

        foreach (var index in indexes.Where(index => !index.IsGlobal))
        {
            if (table.Key.Range is null)
            {
                throw DynamoDbError.InvalidValue("Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
            }

            if (index.Key.Range is null)
            {
                throw DynamoDbError.InvalidValue($"Index KeySchema does not have a range key for index: {index.Name}");
            }

            if (index.Key.Hash != table.Key.Hash)
            {
                throw DynamoDbError.InvalidValue(
                    $"Index KeySchema does not have the same leading hash key as table KeySchema for index: {index.Name}. index hash key: {index.Key.Hash.Name}, table hash key: {table.Key.Hash.Name}");
            }
        }
    }
}
