using LocalCloud.S3.Objects;

namespace LocalCloud.S3;

/// <content>Listings.</content>
internal sealed partial class BucketStore
{
    /// <summary>A page of the objects whose keys come after one.</summary>
    public Listing<ObjectVersion> List(Bucket bucket, string prefix, string delimiter, string after, int most)
    {
        lock (_gate)
        {
            var objects = From(bucket, prefix, after)
                .Where(history => ObjectKey.Order.Compare(history.Key, after) > 0)
                .Select(history => history.Current)
                .OfType<ObjectVersion>();
            return Listing<ObjectVersion>.Of(objects, version => version.Key, prefix, delimiter, after, most);
        }
    }

    /// <summary>A page of all versions and delete markers, the latest of each key first.</summary>
    /// <returns>The page, which begins behind a key or behind one of its versions, and those of its versions that are the latest of their key.</returns>
    public (Listing<ObjectVersion> Page, HashSet<ObjectVersion> Latest) ListVersions(
        Bucket bucket, string prefix, string delimiter, string after, string? afterVersion, int most)
    {
        lock (_gate)
        {
            var versions = From(bucket, prefix, after)
                .Where(history => ObjectKey.Order.Compare(history.Key, after) is var order && (order > 0 || (order == 0 && afterVersion is not null)))
                .SelectMany(history => history.Key == after
                    ? history.Versions.AsEnumerable().Reverse().SkipWhile(version => version.VersionId != afterVersion).Skip(1)
                    : history.Versions.AsEnumerable().Reverse());
            var page = Listing<ObjectVersion>.Of(versions, version => version.Key, prefix, delimiter, after, most);
            var latest = page.Items.Where(version => ReferenceEquals(History(bucket, version.Key)!.Versions[^1], version));
            return (page, new(latest, ReferenceEqualityComparer.Instance));
        }
    }

    // From the first key that can be in the page to the last that begins with the prefix.
    private static IEnumerable<ObjectHistory> From(Bucket bucket, string prefix, string after)
    {
        var start = ObjectKey.Order.Compare(prefix, after) > 0 ? prefix : after;
        return bucket.Objects.Max is not { } last || ObjectKey.Order.Compare(start, last.Key) > 0
            ? []
            : bucket.Objects.GetViewBetween(new(start), last)
                .TakeWhile(history => history.Key.StartsWith(prefix, StringComparison.Ordinal) || ObjectKey.Order.Compare(history.Key, prefix) < 0);
    }
}
