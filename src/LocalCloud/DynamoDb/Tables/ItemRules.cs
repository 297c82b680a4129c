using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Tables;

/// <summary>What an item or key must be to suit its table.</summary>
internal static class ItemRules
{
    public const int LargestItem = 400 * 1024;

    private const int LongestHash = 2048;
    private const int LongestRange = 1024;

    /// <exception cref="Http.ServiceException">A key is missing, of the wrong type, empty or too long; or the item is too large.</exception>
    public static MapValue CheckItem(Table table, MapValue item)
    {
        foreach (var key in table.Key.Attributes)
        {
            var value = item[key.Name] ?? throw DynamoDbError.InvalidValue($"Missing the key {key.Name} in the item");
            if (value.Type != key.Type)
            {
                throw DynamoDbError.InvalidValue($"Type mismatch for key {key.Name} expected: {key.Type} actual: {value.Type}");
            }
        }

        CheckLengths(table.Key, item);
        CheckIndexKeys(table, item);
        return item.ContentSize <= LargestItem ? item : throw DynamoDbError.Validation("Item size has exceeded the maximum allowed size");
    }

    /// <exception cref="Http.ServiceException">An updated item is too large, or does not suit an index.</exception>
    public static MapValue CheckUpdated(Table table, MapValue item)
    {
        CheckIndexKeys(table, item);
        return item.ContentSize <= LargestItem ? item : throw DynamoDbError.Validation("Item size to update has exceeded the maximum allowed size");
    }

    /// <exception cref="Http.ServiceException">It is not exactly the table's key.</exception>
    public static MapValue CheckKey(Table table, MapValue key)
    {
        if (key.Members.Count != table.Key.Attributes.Count() || table.Key.Attributes.Any(attribute => key[attribute.Name]?.Type != attribute.Type))
        {
            throw DynamoDbError.Validation("The provided key element does not match the schema");
        }

        CheckLengths(table.Key, key);
        return key;
    }

    private static void CheckLengths(KeySchema schema, MapValue item)
    {
        foreach (var key in schema.Attributes)
        {
            CheckNotEmpty(key, item[key.Name]!, "");
        }

        if (item[schema.Hash.Name]!.Size > LongestHash)
        {
            throw DynamoDbError.InvalidValue($"Size of hashkey has exceeded the maximum size limit of{LongestHash} bytes");
        }

        if (schema.Range is not null && item[schema.Range.Name]!.Size > LongestRange)
        {
            throw DynamoDbError.InvalidValue($"Aggregated size of all range keys has exceeded the size limit of {LongestRange} bytes");
        }
    }

    private static void CheckIndexKeys(Table table, MapValue item)
    {
        foreach (var index in table.Indexes)
        {
            foreach (var key in index.Key.Attributes)
            {
                if (item[key.Name] is not { } value)
                {
                    continue;
                }

                if (value.Type != key.Type)
                {
                    throw DynamoDbError.InvalidValue($"Type mismatch for Index Key {key.Name} Expected: {key.Type} Actual: {value.Type} IndexName: {index.Name}");
                }

                CheckNotEmpty(key, value, $", IndexName: {index.Name}");
            }
        }
    }

    private static void CheckNotEmpty(KeyAttribute key, Value value, string where)
    {
        if (value is StringValue { Text.Length: 0 } or BinaryValue { Bytes.Length: 0 })
        {
            throw DynamoDbError.Validation("One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                + $"{(value is StringValue ? "string" : "binary")} value. {(where.Length == 0 ? "Key" : "IndexKey")}: {key.Name}{where}");
        }
    }
}
