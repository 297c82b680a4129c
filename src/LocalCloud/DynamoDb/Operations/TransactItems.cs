using LocalCloud.DynamoDb.Tables;
using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Operations;

/// <summary>The parts of a transaction.</summary>
internal static class TransactItems
{
    private const int Most = 100;

    /// <exception cref="Http.ServiceException">There are none, or too many.</exception>
    public static IReadOnlyList<DynamoDbInput> Read(DynamoDbInput input) => input.Structures("TransactItems") switch
    {
        null => throw DynamoDbError.Missing("TransactItems"),
        { Count: 0 } => throw DynamoDbError.Constraint("TransactItems", "[]", "Member must have length greater than or equal to 1"),
        { Count: > Most } items => throw DynamoDbError.Constraint("TransactItems", $"[{items.Count} items]", $"Member must have length less than or equal to {Most}"),
        var items => items,
    };

    /// <exception cref="Http.ServiceException">Two parts are about one item.</exception>
    public static void CheckDistinct(IEnumerable<(Table Table, MapValue Key)> items)
    {
        var seen = new HashSet<(Table, Value, Value)>();
        foreach (var (table, key) in items)
        {
            var keys = table.Key.Of(key)!;
            if (!seen.Add((table, keys[0], keys[^1])))
            {
                throw DynamoDbError.Validation("Transaction request cannot include multiple operations on one item");
            }
        }
    }
}
