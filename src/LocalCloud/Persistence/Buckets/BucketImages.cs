using LocalCloud.S3;
using LocalCloud.S3.Configuration;
using LocalCloud.S3.Content;
using LocalCloud.S3.Objects;
using LocalCloud.S3.Uploads;

namespace LocalCloud.Persistence.Buckets;

/// <summary>S3's side of the journal: the buckets as the records tell.</summary>
internal sealed class BucketImages(BucketStore buckets) : IPersistent
{
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private ulong _lastSequence;

    public RecordOwner Owner => RecordOwner.S3;

    public void Replay(ref RecordReader record)
    {
        var kind = (BucketRecord)record.Byte();
        var name = record.Text();
        if (kind == BucketRecord.Bucket)
        {
            Define(name, ref record);
        }
        else if (kind == BucketRecord.BucketDeleted)
        {
            _buckets.Remove(name);
        }
        else if (kind == BucketRecord.Counters)
        {
            _lastSequence = Math.Max(_lastSequence, record.ULong());
        }
        else if (_buckets.TryGetValue(name, out var bucket))
        {
            Replay(kind, bucket, ref record);
        }
    }

    public void Restore(Journal journal)
    {
        buckets.Restore(_buckets.Values, _lastSequence, new BucketJournal(journal));
        _buckets.Clear();
    }

    public void Snapshot() => buckets.Snapshot();

    private void Replay(BucketRecord kind, Bucket bucket, ref RecordReader record)
    {
        switch (kind)
        {
            case BucketRecord.Version:
                Store(bucket, VersionRecord.Read(ref record) with { Content = record.Bytes() });
                break;
            case BucketRecord.VersionChanged:
                var changed = VersionRecord.Read(ref record);
                // One that is unknown comes whole, later in the file.
                if (Find(bucket, changed.Key)?.Find(changed.VersionId) is { } old)
                {
                    var versions = Find(bucket, changed.Key)!.Versions;
                    versions[versions.IndexOf(old)] = changed with { Content = old.Content };
                    _lastSequence = Math.Max(_lastSequence, changed.Sequence);
                }

                break;
            case BucketRecord.Completed:
                Complete(bucket, bucket.Uploads.GetValueOrDefault(record.Text()), VersionRecord.Read(ref record));
                break;
            case BucketRecord.VersionRemoved:
                Remove(bucket, record.Text(), record.Text());
                break;
            case BucketRecord.Upload:
                Begin(bucket, ref record);
                break;
            case BucketRecord.Part:
                Part(bucket, ref record);
                break;
            case BucketRecord.UploadEnded:
                bucket.Uploads.Remove(record.Text());
                break;
            default:
                throw new InvalidDataException($"S3 has no records of kind {(byte)kind}.");
        }
    }

    private void Define(string name, ref RecordReader record)
    {
        var (region, created, settings) = (record.Text(), new DateTimeOffset(record.Long(), TimeSpan.Zero), BucketSettings.Of(record.Map()));
        if (!_buckets.TryGetValue(name, out var bucket) || bucket.CreatedAt != created)
        {
            _buckets[name] = bucket = new(name, region, created);
        }

        bucket.Settings = settings;
    }

    // The order of versions is that of their records.
    private void Store(Bucket bucket, ObjectVersion version)
    {
        _lastSequence = Math.Max(_lastSequence, version.Sequence);
        var history = Find(bucket, version.Key);
        if (history is null)
        {
            bucket.Objects.Add(history = new(version.Key));
        }

        history.Versions.RemoveAll(old => old.VersionId == version.VersionId);
        history.Versions.Add(version);
    }

    // With a part missing, a compaction was under way and brings the object whole, later in the file.
    private void Complete(Bucket bucket, Upload? upload, ObjectVersion version)
    {
        if (upload is not null && version.Parts.All(part => upload.Parts.GetValueOrDefault(part.Number)?.Content.Length == part.Size))
        {
            var content = new byte[version.Parts.Sum(part => (long)part.Size)];
            var filled = 0;
            foreach (var part in version.Parts)
            {
                upload.Parts[part.Number].Content.CopyTo(content, filled);
                filled += part.Size;
            }

            Store(bucket, version with { Content = content });
        }
    }

    private static void Remove(Bucket bucket, string key, string versionId)
    {
        if (Find(bucket, key) is not { } history)
        {
            return;
        }

        history.Versions.RemoveAll(version => version.VersionId == versionId);
        if (history.Versions.Count == 0)
        {
            bucket.Objects.Remove(history);
        }
    }

    private static void Begin(Bucket bucket, ref RecordReader record)
    {
        var (id, algorithm, composite) = (record.Text(), record.TextOrNull(), record.Bool());
        bucket.Uploads.TryAdd(id, new(id, VersionRecord.Read(ref record), algorithm is null ? null : ChecksumAlgorithm.Named(algorithm), composite));
    }

    private static void Part(Bucket bucket, ref RecordReader record)
    {
        if (bucket.Uploads.TryGetValue(record.Text(), out var upload))
        {
            var part = new Part(record.Int(), [], record.Text(), new DateTimeOffset(record.Long(), TimeSpan.Zero), null);
            upload.Parts[part.Number] = part with { Content = record.Bytes(), Checksum = VersionRecord.Checksum(ref record) };
        }
    }

    private static ObjectHistory? Find(Bucket bucket, string key) => bucket.Objects.TryGetValue(new(key), out var history) ? history : null;
}
