using LocalCloud.Persistence.Buckets;

namespace LocalCloud.S3;

/// <content>The buckets out of a journal, and all of them into one.</content>
internal sealed partial class BucketStore
{
    private BucketJournal? _journal;

    /// <summary>Takes over what a journal had, before anybody calls, and records from now on.</summary>
    public void Restore(IEnumerable<Bucket> buckets, ulong lastSequence, BucketJournal journal)
    {
        foreach (var bucket in buckets)
        {
            _buckets[bucket.Name] = bucket;
            _bytes += bucket.Objects.Sum(history => history.Versions.Sum(version => version.Cost)) + bucket.Uploads.Values.Sum(CostOf);
        }

        (_sequence, _journal) = (lastSequence, journal);
    }

    /// <summary>Records everything again, the versions of a key or a part at a time, so that a compaction does not keep clients waiting.</summary>
    public void Snapshot()
    {
        List<Bucket> buckets;
        lock (_gate)
        {
            _journal!.Counters(_sequence);
            buckets = [.. _buckets.Values];
        }

        foreach (var bucket in buckets)
        {
            Snapshot(bucket);
        }
    }

    private void Snapshot(Bucket bucket)
    {
        lock (_gate)
        {
            if (!IsLive(bucket))
            {
                return;
            }

            _journal!.Defined(bucket);
            foreach (var upload in bucket.Uploads.Values)
            {
                _journal.Began(bucket, upload);
            }
        }

        // Parts first: what is completed from now on finds them, what was completed meanwhile is among the keys.
        SnapshotParts(bucket);
        string[] keys;
        lock (_gate)
        {
            keys = [.. bucket.Objects.Select(history => history.Key)];
        }

        foreach (var key in keys)
        {
            lock (_gate)
            {
                if (!IsLive(bucket))
                {
                    return;
                }

                foreach (var version in History(bucket, key)?.Versions ?? [])
                {
                    _journal!.Stored(bucket, version);
                }
            }

            _journal!.Journal.Write();
        }
    }

    private void SnapshotParts(Bucket bucket)
    {
        List<(string Id, int Number)> parts;
        lock (_gate)
        {
            parts = [.. bucket.Uploads.Values.SelectMany(upload => upload.Parts.Keys.Select(number => (upload.Id, number)))];
        }

        foreach (var (id, number) in parts)
        {
            lock (_gate)
            {
                if (IsLive(bucket) && bucket.Uploads.GetValueOrDefault(id) is { } upload && upload.Parts.GetValueOrDefault(number) is { } part)
                {
                    _journal!.Stored(bucket, upload, part);
                }
            }

            _journal!.Journal.Write();
        }
    }

    private bool IsLive(Bucket bucket) => _buckets.GetValueOrDefault(bucket.Name) == bucket;
}
