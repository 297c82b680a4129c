using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Tables;

/// <summary>An attribute that is part of a key, with its type: S, N or B.</summary>
internal sealed record KeyAttribute(string Name, string Type);

/// <summary>The key of a table or an index.</summary>
internal sealed record KeySchema(KeyAttribute Hash, KeyAttribute? Range)
{
    public IEnumerable<KeyAttribute> Attributes => Range is null ? [Hash] : [Hash, Range];

    public bool Has(string attribute) => attribute == Hash.Name || attribute == Range?.Name;

    /// <summary>The key's values in an item, null unless all are there.</summary>
    public Value[]? Of(MapValue item)
    {
        var hash = item[Hash.Name];
        var range = Range is null ? null : item[Range.Name];
        return hash is null || (Range is not null && range is null) ? null : range is null ? [hash] : [hash, range];
    }
}
