using System.Globalization;

namespace LocalCloud.Kinesis;

/// <summary>A shard: records in the order of their arrival. Not safe by itself: its stream locks.</summary>
internal sealed class Shard(int index, HashKeyRange range, DateTimeOffset created)
{
    // Position n has the sequence number prefix + n; positions have no gaps.
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"49{created.ToUnixTimeMilliseconds():D14}{index:D6}");
    private readonly List<StreamRecord> _records = [];
    private long _first = 1;

    public string Id { get; } = IdOf(index);

    public HashKeyRange Range { get; } = range;

    public string StartingSequenceNumber => NumberOf(0);

    /// <summary>The position that the next record gets.</summary>
    public long Next => _first + _records.Count;

    /// <summary>The position of the oldest record.</summary>
    public long First => _first;

    public static string IdOf(int index) => string.Create(CultureInfo.InvariantCulture, $"shardId-{index:D12}");

    public string Add(string partitionKey, byte[] data, DateTimeOffset now)
    {
        var number = NumberOf(Next);
        _records.Add(new StreamRecord(number, partitionKey, data, now));
        return number;
    }

    /// <summary>Forgets the records that arrived before that.</summary>
    /// <returns>The bytes that they held.</returns>
    public long Trim(DateTimeOffset before)
    {
        var old = _records.FindIndex(record => record.At > before);
        old = old < 0 ? _records.Count : old;
        var bytes = _records.Take(old).Sum(record => record.Bytes);
        _records.RemoveRange(0, old);
        _first += old;
        return bytes;
    }

    /// <summary>The position of a sequence number; null when it is none of this shard's.</summary>
    public long? PositionOf(string number) =>
        number.StartsWith(_prefix, StringComparison.Ordinal) && long.TryParse(number.AsSpan(_prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
        && number == NumberOf(position) ? position : null;

    /// <summary>The first position that is not older.</summary>
    public long PositionAt(DateTimeOffset time) => _records.FindIndex(record => record.At >= time) is var i && i >= 0 ? _first + i : Next;

    /// <summary>Records from a position on, as many and as large as one answer may have.</summary>
    public IReadOnlyList<StreamRecord> Read(long position, int most, long mostBytes)
    {
        List<StreamRecord> read = [];
        var bytes = 0L;
        for (var i = (int)Math.Max(0, position - _first); i < _records.Count && read.Count < most; i++)
        {
            bytes += _records[i].Data.Length;
            if (bytes > mostBytes && read.Count > 0)
            {
                break;
            }

            read.Add(_records[i]);
        }

        return read;
    }

    private string NumberOf(long position) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{position:D20}");
}
