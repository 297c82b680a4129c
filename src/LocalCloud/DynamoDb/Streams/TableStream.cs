using System.Globalization;
using LocalCloud.DynamoDb.Tables;
using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Streams;

/// <summary>The changes of a table's items for 24 hours, in one shard.</summary>
internal sealed class TableStream(string table, string tableArn, KeySchema key, string view, DateTimeOffset created)
{
    private static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    private readonly Queue<StreamRecord> _records = new();
    private long _bytes;

    public string Table => table;

    public KeySchema Key => key;

    /// <summary>NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES or KEYS_ONLY.</summary>
    public string View => view;

    public DateTimeOffset Created => created;

    public string Label { get; } = created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public string Arn => $"{tableArn}/stream/{Label}";

    public string ShardId { get; } = $"shardId-{created.ToUnixTimeMilliseconds():D20}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>When it was turned off; null while it is on.</summary>
    public DateTimeOffset? Closed { get; private set; }

    /// <summary>The sequence of the oldest record that is kept, or that will come.</summary>
    public long First { get; private set; } = 1;

    /// <summary>The sequence that the next record will have.</summary>
    public long Next { get; private set; } = 1;

    public bool IsGone(DateTimeOffset now) => Closed + Retention <= now;

    public void Close(DateTimeOffset now) => Closed ??= now;

    /// <summary>Writes a change down; one that changes nothing is none.</summary>
    public void Add(KeySchema schema, MapValue? before, MapValue? after, DateTimeOffset now, bool byService)
    {
        if (Closed is not null || (before is null ? after is null : before.Equals(after)))
        {
            return;
        }

        var record = new StreamRecord(Next++, now, (after ?? before)!.Only(schema.Has), before, after, byService);
        _records.Enqueue(record);
        _bytes += record.Cost;
        Trim(now);
    }

    /// <summary>The records from a place on, without those that are past their time.</summary>
    public IEnumerable<StreamRecord> From(long sequence) => _records.Where(record => record.Sequence >= sequence);

    public void Trim(DateTimeOffset now)
    {
        while (_records.TryPeek(out var oldest) && (oldest.Time + Retention <= now || _bytes > Limits.TableStreamBytes))
        {
            _records.Dequeue();
            _bytes -= oldest.Cost;
            First = oldest.Sequence + 1;
        }
    }
}
