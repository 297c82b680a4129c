using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Tables;

/// <summary>When items expire: a number of seconds since 1970 in the attribute that the table names. AWS takes up to days; here they go at once.</summary>
internal sealed class Expiry
{
    /// <summary>What expired longer ago is kept: as AWS does, for times that were never meant so.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(5 * 365);

    private readonly SortedSet<(long Seconds, Position Position)> _due = [];

    /// <summary>Null when it is off.</summary>
    public string? Attribute { get; private set; }

    public void Disable()
    {
        Attribute = null;
        _due.Clear();
    }

    public void Enable(string attribute, Table table)
    {
        Disable();
        Attribute = attribute;
        var (lower, upper) = Position.Segment(0, 1);
        foreach (var item in table.Items.Between(lower, upper))
        {
            Changed(table.PositionOf(item), null, item);
        }
    }

    public void Changed(Position position, MapValue? before, MapValue? after)
    {
        if (Seconds(before) is { } was)
        {
            _due.Remove((was, position));
        }

        if (Seconds(after) is { } becomes)
        {
            _due.Add((becomes, position));
        }
    }

    /// <summary>The place of an item that has expired, and is forgotten here.</summary>
    public Position? Due(DateTimeOffset now)
    {
        while (_due.Count > 0 && _due.Min is var (seconds, position) && seconds <= now.ToUnixTimeSeconds())
        {
            _due.Remove((seconds, position));
            if (seconds > (now - Oldest).ToUnixTimeSeconds())
            {
                return position;
            }
        }

        return null;
    }

    private long? Seconds(MapValue? item) => Attribute is not null && item?[Attribute] is NumberValue number ? number.Number.ToSeconds() : null;
}
