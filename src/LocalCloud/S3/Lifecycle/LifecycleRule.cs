using LocalCloud.S3.Objects;
using LocalCloud.S3.Uploads;

namespace LocalCloud.S3.Lifecycle;

/// <summary>One rule of a bucket's lifecycle. Days are counted from an object's creation and end at the next midnight UTC.</summary>
internal sealed record LifecycleRule(string Id, bool IsEnabled, LifecycleFilter Filter)
{
    /// <summary>At least 1.</summary>
    public int? ExpirationDays { get; init; }

    /// <summary>A midnight.</summary>
    public DateTimeOffset? ExpirationDate { get; init; }

    /// <summary>Whether a delete marker that hides nothing more is removed.</summary>
    public bool ExpiredObjectDeleteMarker { get; init; }

    /// <summary>At least 1.</summary>
    public int? NoncurrentDays { get; init; }

    /// <summary>How many of those are kept however old they are; 0 to 100.</summary>
    public int NewerNoncurrentVersions { get; init; }

    /// <summary>At least 1.</summary>
    public int? AbortUploadDays { get; init; }

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<Transition> Transitions { get; init; } = [];

    /// <summary>When an object that the rule is for expires; null when never.</summary>
    public DateTimeOffset? ExpiryOf(ObjectVersion version) => !Filter.Matches(version) ? null
        : ExpirationDays is { } days ? Due(version.At, days)
        : ExpirationDate;

    public bool Expires(ObjectVersion version, DateTimeOffset now) => ExpiryOf(version) <= now;

    public bool RemovesMarker(ObjectVersion marker, DateTimeOffset now) =>
        Filter.Matches(marker) && (ExpiredObjectDeleteMarker || (ExpirationDays is { } days && Due(marker.At, days) <= now));

    /// <summary>The versions that have been replaced for long enough. A version counts from the moment a later one took its place.</summary>
    public IEnumerable<ObjectVersion> ExpiredNoncurrent(List<ObjectVersion> versions, DateTimeOffset now)
    {
        for (var i = versions.Count - 2 - NewerNoncurrentVersions; NoncurrentDays is { } days && i >= 0; i--)
        {
            if (Due(versions[i + 1].At, days) <= now && Filter.Matches(versions[i]))
            {
                yield return versions[i];
            }
        }
    }

    public bool Aborts(Upload upload, DateTimeOffset now) =>
        AbortUploadDays is { } days && upload.Key.StartsWith(Filter.Prefix, StringComparison.Ordinal) && Due(upload.Initiated, days) <= now;

    /// <summary>The class that an object should have moved to by now; null for none.</summary>
    public string? ClassAt(ObjectVersion version, DateTimeOffset now) => !Filter.Matches(version) ? null : Transitions
        .Select(transition => (transition.StorageClass, At: transition.Days is { } days ? Due(version.At, days) : transition.Date!.Value))
        .Where(transition => transition.At <= now)
        .OrderBy(transition => transition.At)
        .Select(transition => transition.StorageClass)
        .LastOrDefault();

    private static DateTimeOffset Due(DateTimeOffset start, int days)
    {
        var at = start.UtcDateTime.AddDays(days);
        return new(at.TimeOfDay == TimeSpan.Zero ? at : at.Date.AddDays(1), TimeSpan.Zero);
    }
}
