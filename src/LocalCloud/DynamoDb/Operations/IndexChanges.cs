using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

/// <summary>What UpdateTable does to global secondary indexes.</summary>
internal static class IndexChanges
{
    private const int MostGlobal = 20;

    /// <returns>The changes, each checked and ready to be done.</returns>
    /// <exception cref="Http.ServiceException">One cannot be done.</exception>
    public static List<Action> Read(DynamoDbInput input, Table table, Dictionary<string, string> attributes, TableDefinition next)
    {
        List<Action> changes = [];
        var indexes = table.Indexes.ConvertAll(index => index.Definition);
        foreach (var update in input.Structures("GlobalSecondaryIndexUpdates") ?? [])
        {
            if (update.Structure("Create") is { } create)
            {
                var index = TableInput.Index(create, attributes, isGlobal: true, next.PaysPerRequest);
                indexes.Add(index);
                changes.Add(() => table.Add(index));
            }
            else if (update.Structure("Delete") is { } delete)
            {
                var index = Find(table, delete);
                indexes.RemoveAll(other => other.Name == index.Name);
                changes.Add(() => table.Indexes.Remove(index));
            }
            else if (update.Structure("Update") is { } change)
            {
                var index = Find(table, change);
                var definition = index.Definition with { Throughput = TableInput.Throughput(change, next.PaysPerRequest) };
                changes.Add(() => index.Definition = definition);
            }
            else
            {
                throw DynamoDbError.InvalidValue("One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null");
            }
        }

        IndexRules.Check(next, indexes);
        return indexes.Count(index => index.IsGlobal) <= MostGlobal ? changes
            : throw DynamoDbError.LimitExceeded($"Subscriber limit exceeded: A table has at most {MostGlobal} global secondary indexes");
    }

    private static TableIndex Find(Table table, DynamoDbInput input) =>
        table.Index(input.Required("IndexName")) is { Definition.IsGlobal: true } index ? index : throw DynamoDbError.NotFound();
}
