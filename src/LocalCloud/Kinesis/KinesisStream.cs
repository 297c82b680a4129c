using System.Collections.Immutable;

namespace LocalCloud.Kinesis;

/// <summary>A stream with its shards. Safe to use from several threads.</summary>
internal sealed class KinesisStream
{
    public const int ShortestRetention = 24;
    public const int LongestRetention = 8760;

    private readonly Lock _gate = new();
    private readonly StreamMemory _memory;

    public KinesisStream(string name, string arn, int shards, bool onDemand, int recordBytes, DateTimeOffset created, StreamMemory memory)
    {
        (Name, Arn, OnDemand, RecordBytes, Created, _memory) = (name, arn, onDemand, recordBytes, created, memory);
        Shards = [.. Enumerable.Range(0, shards).Select(i => new Shard(i, HashKeyRange.Of(i, shards), created))];
    }

    public string Name { get; }

    public string Arn { get; }

    public bool OnDemand { get; }

    /// <summary>Bytes of the largest record.</summary>
    public int RecordBytes { get; }

    public DateTimeOffset Created { get; }

    public ImmutableArray<Shard> Shards { get; }

    public ImmutableSortedDictionary<string, string> Tags { get; private set; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>How long records stay.</summary>
    public int RetentionHours { get; set; } = ShortestRetention;

    public Shard? Find(string shardId) => Shards.FirstOrDefault(shard => shard.Id == shardId);

    public void ChangeTags(Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change)
    {
        lock (_gate)
        {
            Tags = change(Tags);
        }
    }

    /// <exception cref="Http.ServiceException">The memory for records is full.</exception>
    public (Shard Shard, string SequenceNumber) Put(UInt128 hashKey, string partitionKey, byte[] data, DateTimeOffset now)
    {
        var shard = Shards.First(shard => shard.Range.Has(hashKey));
        lock (_gate)
        {
            Trim(shard, now);
            _memory.Take(StreamRecord.BytesOf(partitionKey, data));
            return (shard, shard.Add(partitionKey, data, now));
        }
    }

    /// <summary>Does something with a shard that is not changed meanwhile and has no record past its retention.</summary>
    public T With<T>(Shard shard, DateTimeOffset now, Func<Shard, T> use)
    {
        lock (_gate)
        {
            Trim(shard, now);
            return use(shard);
        }
    }

    /// <summary>Gives back the memory of all records.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            foreach (var shard in Shards)
            {
                _memory.Give(shard.Trim(DateTimeOffset.MaxValue));
            }
        }
    }

    /// <summary>Forgets what is past its retention, in all shards.</summary>
    public void Trim(DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var shard in Shards)
            {
                Trim(shard, now);
            }
        }
    }

    private void Trim(Shard shard, DateTimeOffset now) => _memory.Give(shard.Trim(now.AddHours(-RetentionHours)));
}
