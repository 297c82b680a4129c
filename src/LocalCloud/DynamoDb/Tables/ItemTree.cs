using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Tables;

/// <summary>The items of a table or an index in order.</summary>
internal sealed class ItemTree
{
    private readonly SortedSet<Entry> _entries = [];

    public int Count => _entries.Count;

    public MapValue? Find(Position position) => _entries.TryGetValue(new Entry(position, null), out var entry) ? entry.Item : null;

    /// <summary>Puts an item in the place of what was there.</summary>
    public void Put(Position position, MapValue item)
    {
        Remove(position);
        _entries.Add(new Entry(position, item));
    }

    public void Remove(Position position) => _entries.Remove(new Entry(position, null));

    public IEnumerable<MapValue> Between(Position lower, Position upper, bool forward = true)
    {
        if (lower.CompareTo(upper) >= 0)
        {
            return [];
        }

        var view = _entries.GetViewBetween(new Entry(lower, null), new Entry(upper, null));
        return (forward ? view : view.Reverse()).Select(entry => entry.Item!);
    }

    private sealed record Entry(Position Position, MapValue? Item) : IComparable<Entry>
    {
        public int CompareTo(Entry? other) => Position.CompareTo(other?.Position);
    }
}
