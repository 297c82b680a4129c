using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Tables;

/// <summary>What an index holds of each item besides the keys.</summary>
/// <param name="Type">ALL, KEYS_ONLY or INCLUDE.</param>
/// <param name="Included">For INCLUDE: the attributes.</param>
internal sealed record IndexProjection(string Type, IReadOnlyList<string> Included);

/// <summary>What an index is.</summary>
internal sealed record IndexDefinition(string Name, KeySchema Key, IndexProjection Projection, bool IsGlobal, Throughput Throughput);

/// <summary>A secondary index: the items that have its keys, in its order.</summary>
internal sealed class TableIndex(IndexDefinition definition, KeySchema primary)
{
    public IndexDefinition Definition { get; set; } = definition;

    public ItemTree Items { get; } = new();

    public long Bytes { get; private set; }

    public string Name => Definition.Name;

    public KeySchema Key => Definition.Key;

    /// <summary>Follows a change of the table.</summary>
    /// <returns>The bytes written here, 0 when nothing of the index changed.</returns>
    public int Change(MapValue? before, MapValue? after)
    {
        var (from, to) = (PositionOf(before), PositionOf(after));
        var (old, now) = (from is null ? null : Of(before!), to is null ? null : Of(after!));
        if (old is null ? now is null : old.Equals(now))
        {
            // The tree holds whole items: an LSI may be asked for all of them.
            if (to is not null)
            {
                Items.Put(to, after!);
            }

            return 0;
        }

        if (from is not null)
        {
            Items.Remove(from);
        }

        if (to is not null)
        {
            Items.Put(to, after!);
        }

        var (freed, taken) = (old?.ContentSize ?? 0, now?.ContentSize ?? 0);
        Bytes += taken - freed;
        return Math.Max(freed, taken);
    }

    public Position? PositionOf(MapValue? item) => item is not null && Key.Of(item) is { } keys ? Position.At([.. keys, .. primary.Of(item)!]) : null;

    /// <summary>What the index holds of an item.</summary>
    public MapValue Of(MapValue item) => Definition.Projection.Type == "ALL" ? item : item.Only(Holds);

    public bool Holds(string attribute) => Definition.Projection.Type == "ALL" || Key.Has(attribute) || primary.Has(attribute)
        || Definition.Projection.Included.Contains(attribute, StringComparer.Ordinal);
}
