using LocalCloud.DynamoDb.Streams;
using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Tables;

/// <summary>A table with its items, indexes and stream. Used under the database's lock.</summary>
internal sealed class Table(TableDefinition definition, string arn, DateTimeOffset created, StoredBytes stored)
{
    public TableDefinition Definition { get; set; } = definition;

    public string Arn => arn;

    public string Id { get; } = Guid.NewGuid().ToString();

    public DateTimeOffset Created { get; } = created;

    /// <summary>When pay per request last became the billing mode.</summary>
    public DateTimeOffset BillingChanged { get; set; } = created;

    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public List<TableIndex> Indexes { get; } = [];

    public ItemTree Items { get; } = new();

    public long Bytes { get; private set; }

    public Expiry Expiry { get; } = new();

    /// <summary>The one that is on, or was on last.</summary>
    public TableStream? Stream { get; set; }

    public string Name => Definition.Name;

    public KeySchema Key => Definition.Key;

    public TableIndex? Index(string name) => Indexes.Find(index => index.Name == name);

    public Position PositionOf(MapValue item) => Position.At(Key.Of(item)!);

    /// <summary>Adds an index and fills it.</summary>
    public void Add(IndexDefinition index)
    {
        var added = new TableIndex(index, Key);
        var (lower, upper) = Position.Segment(0, 1);
        foreach (var item in Items.Between(lower, upper))
        {
            // Items whose attributes have other types than the index's are left out, as AWS does when it fills one.
            if (index.Key.Attributes.All(attribute => item[attribute.Name]?.Type == attribute.Type))
            {
                added.Change(null, item);
            }
        }

        Indexes.Add(added);
    }

    /// <summary>Puts one item in the place of another, or takes it away when it is null, and tells indexes and stream.</summary>
    /// <returns>The bytes written to each index that changed.</returns>
    /// <exception cref="Http.ServiceException">LocalCloud's storage is full.</exception>
    public IReadOnlyDictionary<string, int> Change(MapValue? before, MapValue? after, DateTimeOffset now, bool byService = false)
    {
        if (before is null && after is null)
        {
            return new Dictionary<string, int>();
        }

        stored.Take(Growth(before, after));
        var position = PositionOf((after ?? before)!);
        if (after is null)
        {
            Items.Remove(position);
        }
        else
        {
            Items.Put(position, after);
        }

        Bytes += (after?.ContentSize ?? 0) - (before?.ContentSize ?? 0);
        Expiry.Changed(position, before, after);
        Stream?.Add(Key, before, after, now, byService);
        return Indexes.Select(index => (index.Name, Bytes: index.Change(before, after))).Where(change => change.Bytes > 0).ToDictionary(change => change.Name, change => change.Bytes);
    }

    /// <summary>Deletes what has expired.</summary>
    public void Expire(DateTimeOffset now)
    {
        while (Expiry.Due(now) is { } position)
        {
            Change(Items.Find(position), null, now, byService: true);
        }
    }

    /// <summary>Gives its storage back.</summary>
    public void Free()
    {
        var (lower, upper) = Position.Segment(0, 1);
        stored.Give(Items.Between(lower, upper).Sum(item => (long)Cost(item)));
    }

    /// <summary>The storage that a change takes.</summary>
    public static int Growth(MapValue? before, MapValue? after) => Cost(after) - Cost(before);

    private static int Cost(MapValue? item) => item is null ? 0 : item.ContentSize + Limits.ItemOverheadBytes;
}
