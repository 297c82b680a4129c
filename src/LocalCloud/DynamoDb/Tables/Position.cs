using System.Text;
using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Tables;

/// <summary>A place in the order of a table or index: by a hash of the partition key, by that key, by the sort key.</summary>
internal sealed class Position : IComparable<Position>
{
    private readonly uint _bucket;
    private readonly Value[] _keys;
    private readonly int _side;

    private Position(uint bucket, Value[] keys, int side) => (_bucket, _keys, _side) = (bucket, keys, side);

    /// <summary>The partition key; the bounds of a segment have none.</summary>
    public Value Partition => _keys[0];

    /// <summary>The keys' own place.</summary>
    public static Position At(params Value[] keys) => new(BucketOf(keys[0]), keys, 0);

    /// <summary>Just before everything that begins with these keys.</summary>
    public static Position Before(params Value[] keys) => new(BucketOf(keys[0]), keys, -1);

    /// <summary>Just after everything that begins with these keys.</summary>
    public static Position After(params Value[] keys) => new(BucketOf(keys[0]), keys, 1);

    /// <summary>The bounds of one of several equal parts of everything.</summary>
    public static (Position Lower, Position Upper) Segment(int segment, int total)
    {
        const ulong buckets = 1UL << 32;
        var first = (buckets * (ulong)segment) / (ulong)total;
        var end = (buckets * (ulong)(segment + 1)) / (ulong)total;
        return (new((uint)first, [], -1), new((uint)(end - 1), [], 1));
    }

    public int CompareTo(Position? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = _bucket.CompareTo(other._bucket);
        var common = Math.Min(_keys.Length, other._keys.Length);
        for (var i = 0; order == 0 && i < common; i++)
        {
            order = Value.Order(_keys[i], other._keys[i]) ?? string.CompareOrdinal(_keys[i].Type, other._keys[i].Type);
        }

        return order != 0 ? order
            : _keys.Length < other._keys.Length ? _side
            : _keys.Length > other._keys.Length ? -other._side
            : _side.CompareTo(other._side);
    }

    // FNV-1a, and a final mix: the same in every run, so that a page's key means the same after a restart.
    private static uint BucketOf(Value key)
    {
        var bytes = key switch
        {
            StringValue text => text.Utf8,
            BinaryValue binary => binary.Bytes,
            NumberValue number => Encoding.ASCII.GetBytes(number.Number.ToString()),
            _ => [],
        };
        var hash = 2166136261u;
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * 16777619u;
        }

        hash = (hash ^ (hash >> 16)) * 0x7feb352du;
        hash = (hash ^ (hash >> 15)) * 0x846ca68bu;
        return hash ^ (hash >> 16);
    }
}
