using LocalCloud.S3.Configuration;
using LocalCloud.S3.Lifecycle;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3;

/// <content>What the lifecycle rules do. Rules come due at midnight UTC, so once a day is enough, when somebody looks.</content>
internal sealed partial class BucketStore
{
    /// <summary>Applies the bucket's lifecycle rules, unless that was done today.</summary>
    /// <returns>What they removed, hid or moved.</returns>
    public List<Expiration> Sweep(Bucket bucket)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (bucket.SweptOn == now.UtcDateTime.Date)
            {
                return [];
            }

            bucket.SweptOn = now.UtcDateTime.Date;
            var rules = bucket.Settings.Lifecycle.Where(rule => rule.IsEnabled).ToList();
            List<Expiration> done = [];
            foreach (var rule in rules)
            {
                foreach (var upload in bucket.Uploads.Values.Where(upload => rule.Aborts(upload, now)).ToList())
                {
                    Forget(bucket, upload);
                }

                foreach (var history in bucket.Objects.ToList())
                {
                    Apply(bucket, rule, history, now, done);
                }
            }

            return done;
        }
    }

    private void Apply(Bucket bucket, LifecycleRule rule, ObjectHistory history, DateTimeOffset now, List<Expiration> done)
    {
        foreach (var version in rule.ExpiredNoncurrent(history.Versions, now).ToList())
        {
            done.Add(new(Remove(bucket, history, version.VersionId)!.Version, "LifecycleExpiration:Delete"));
        }

        if (history.Versions is [{ IsDeleteMarker: true } marker] && rule.RemovesMarker(marker, now))
        {
            done.Add(new(Remove(bucket, history, marker.VersionId)!.Version, "LifecycleExpiration:Delete"));
        }
        else if (history.Current is { } current && rule.Expires(current, now))
        {
            var off = bucket.Settings.Versioning == Versioning.Off;
            var removal = off ? Remove(bucket, history, null)! : Mark(bucket, history.Key);
            done.Add(new(removal.Version, off ? "LifecycleExpiration:Delete" : "LifecycleExpiration:DeleteMarkerCreated"));
        }
        else if (history.Current is { } kept && rule.ClassAt(kept, now) is { } storageClass && storageClass != kept.StorageClass)
        {
            var moved = kept with { StorageClass = storageClass, Sequence = ++_sequence };
            history.Versions[^1] = moved;
            done.Add(new(moved, "LifecycleTransition"));
        }
    }
}
