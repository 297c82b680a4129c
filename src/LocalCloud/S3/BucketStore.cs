using LocalCloud.S3.Configuration;

namespace LocalCloud.S3;

/// <summary>All buckets with all they hold. Every change to them happens here, one at a time.</summary>
internal sealed partial class BucketStore(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private long _bytes;
    private ulong _sequence;

    public List<Bucket> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _buckets.Values];
            }
        }
    }

    public Bucket? Find(string name)
    {
        lock (_gate)
        {
            return _buckets.GetValueOrDefault(name);
        }
    }

    /// <returns>False when there is a bucket of that name already.</returns>
    public bool Create(string name, string region, BucketSettings settings)
    {
        lock (_gate)
        {
            if (_buckets.ContainsKey(name))
            {
                return false;
            }

            if (_buckets.Count >= Limits.Buckets)
            {
                throw S3Error.TooManyBuckets();
            }

            _buckets[name] = new(name, region, time.GetUtcNow()) { Settings = settings };
            return true;
        }
    }

    /// <exception cref="Http.ServiceException">It holds objects, versions or delete markers.</exception>
    public void Delete(Bucket bucket)
    {
        lock (_gate)
        {
            Require(bucket);
            if (bucket.Objects.Count > 0)
            {
                throw S3Error.BucketNotEmpty();
            }

            foreach (var upload in bucket.Uploads.Values)
            {
                _bytes -= CostOf(upload);
            }

            _buckets.Remove(bucket.Name);
        }
    }

    /// <summary>Sets one of the bucket's documents, or removes it.</summary>
    /// <exception cref="Http.ServiceException">The document is not valid.</exception>
    public void Configure(Bucket bucket, string name, string? document)
    {
        lock (_gate)
        {
            Require(bucket);
            bucket.Settings = bucket.Settings.With(name, document);
            bucket.SweptOn = default;
        }
    }

    // A request may have found the bucket just before another deleted it.
    private void Require(Bucket bucket)
    {
        if (_buckets.GetValueOrDefault(bucket.Name) != bucket)
        {
            throw S3Error.NoSuchBucket();
        }
    }

    private void Reserve(long bytes)
    {
        if (bytes > 0 && _bytes + bytes > Limits.BucketBytes)
        {
            throw S3Error.StorageFull();
        }

        _bytes += bytes;
    }
}
