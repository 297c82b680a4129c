using LocalCloud.S3.Configuration;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3;

/// <content>Objects and their versions.</content>
internal sealed partial class BucketStore
{
    /// <summary>The version of that id, or the latest, which may be a delete marker; null when there is none.</summary>
    public ObjectVersion? Get(Bucket bucket, string key, string? versionId = null)
    {
        lock (_gate)
        {
            return History(bucket, key) is not { } history ? null : versionId is null ? history.Versions[^1] : history.Find(versionId);
        }
    }

    /// <summary>Stores an object under its key, as the bucket's versioning says.</summary>
    /// <exception cref="Http.ServiceException">The condition does not hold, or LocalCloud is full.</exception>
    /// <returns>The object with its version id and time.</returns>
    public ObjectVersion Put(Bucket bucket, ObjectVersion item, WriteCondition condition)
    {
        lock (_gate)
        {
            Require(bucket);
            condition.Check(History(bucket, item.Key)?.Current);
            return Add(bucket, item, freed: 0);
        }
    }

    /// <summary>Deletes the object, hides it behind a delete marker, or deletes one version for good.</summary>
    /// <exception cref="Http.ServiceException">The condition does not hold.</exception>
    /// <returns>The marker that was made, or what was removed; null when there was nothing.</returns>
    public Removal? Delete(Bucket bucket, string key, string? versionId, WriteCondition condition)
    {
        lock (_gate)
        {
            Require(bucket);
            var history = History(bucket, key);
            condition.Check(versionId is null ? history?.Current : history?.Find(versionId));
            return versionId is not null || bucket.Settings.Versioning == Versioning.Off ? Remove(bucket, history, versionId) : Mark(bucket, key);
        }
    }

    /// <summary>Changes what may change of a version: its tags.</summary>
    /// <returns>The changed version; null when there is none.</returns>
    public ObjectVersion? Change(Bucket bucket, string key, string? versionId, Func<ObjectVersion, ObjectVersion> change)
    {
        lock (_gate)
        {
            Require(bucket);
            if (History(bucket, key) is not { } history || (versionId is null ? history.Versions[^1] : history.Find(versionId)) is not { IsDeleteMarker: false } old)
            {
                return null;
            }

            var changed = change(old) with { Sequence = ++_sequence };
            history.Versions[history.Versions.IndexOf(old)] = changed;
            return changed;
        }
    }

    private static ObjectHistory? History(Bucket bucket, string key) => bucket.Objects.TryGetValue(new(key), out var history) ? history : null;

    // The version that is being replaced, and freed, make room first.
    private ObjectVersion Add(Bucket bucket, ObjectVersion item, long freed)
    {
        var history = History(bucket, item.Key);
        var replaced = bucket.Settings.Versioning == Versioning.Enabled ? null : history?.Find(ObjectVersion.NullVersion);
        Reserve(item.Cost - freed - (replaced?.Cost ?? 0));
        if (history is null)
        {
            bucket.Objects.Add(history = new(item.Key));
        }

        if (replaced is not null)
        {
            history.Versions.Remove(replaced);
        }

        var stored = item with
        {
            VersionId = bucket.Settings.Versioning == Versioning.Enabled ? VersionIds.New() : ObjectVersion.NullVersion,
            // An upload's object is as old as the upload.
            At = item.At == default ? time.GetUtcNow() : item.At,
            Sequence = ++_sequence,
        };
        history.Versions.Add(stored);
        return stored;
    }

    private Removal Mark(Bucket bucket, string key) => new(Add(bucket, new(key, []) { IsDeleteMarker = true }, freed: 0), WasMarked: true);

    private Removal? Remove(Bucket bucket, ObjectHistory? history, string? versionId)
    {
        if (history is null || (versionId is null ? history.Versions[^1] : history.Find(versionId)) is not { } version)
        {
            return null;
        }

        history.Versions.Remove(version);
        if (history.Versions.Count == 0)
        {
            bucket.Objects.Remove(history);
        }

        _bytes -= version.Cost;
        return new(version with { Sequence = ++_sequence }, WasMarked: false);
    }
}
