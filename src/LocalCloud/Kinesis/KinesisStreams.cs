namespace LocalCloud.Kinesis;

/// <summary>The streams of the account. Safe to use from several threads.</summary>
internal sealed class KinesisStreams(CloudOptions options)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, KinesisStream> _streams = new(StringComparer.Ordinal);
    private readonly StreamMemory _memory = new();

    public DateTimeOffset Now => options.Time.GetUtcNow();

    public string AccountId => options.AccountId;

    /// <summary>By name, sorted.</summary>
    public IReadOnlyList<KinesisStream> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _streams.Values];
            }
        }
    }

    public string ArnOf(string name) => $"arn:aws:kinesis:{options.Region}:{options.AccountId}:stream/{name}";

    public KinesisStream? Find(string name)
    {
        lock (_gate)
        {
            return _streams.GetValueOrDefault(name);
        }
    }

    /// <summary>The stream is active at once.</summary>
    /// <exception cref="Http.ServiceException">There is one of that name, or the account has too many shards.</exception>
    public void Create(string name, int shards, bool onDemand, int recordBytes, IReadOnlyDictionary<string, string> tags)
    {
        lock (_gate)
        {
            if (_streams.ContainsKey(name))
            {
                throw KinesisError.InUse(name, AccountId);
            }

            if (_streams.Values.Sum(stream => stream.Shards.Length) + shards > Limits.Shards)
            {
                throw KinesisError.LimitExceeded($"This request would exceed the shard limit for the account {AccountId}: {Limits.Shards}.");
            }

            var stream = new KinesisStream(name, ArnOf(name), shards, onDemand, recordBytes, Now, _memory);
            stream.ChangeTags(none => none.SetItems(tags));
            _streams.Add(name, stream);
        }
    }

    /// <exception cref="Http.ServiceException">There is no such stream.</exception>
    public void Delete(string name)
    {
        lock (_gate)
        {
            (_streams.Remove(name, out var stream) ? stream : throw KinesisError.StreamNotFound(name, AccountId)).Clear();
        }
    }

    /// <summary>Forgets all that is past its retention: what else would fill the memory is in shards nobody reads.</summary>
    public void Trim()
    {
        foreach (var stream in All)
        {
            stream.Trim(Now);
        }
    }
}
