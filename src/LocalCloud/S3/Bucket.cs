using LocalCloud.S3.Configuration;
using LocalCloud.S3.Objects;
using LocalCloud.S3.Uploads;

namespace LocalCloud.S3;

/// <summary>A bucket: what it holds, changed only by the store, and how it is set up.</summary>
internal sealed class Bucket(string name, string region, DateTimeOffset createdAt)
{
    public string Name { get; } = name;

    public string Region { get; } = region;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public string Arn => $"arn:aws:s3:::{Name}";

    public BucketSettings Settings { get; set; } = BucketSettings.Initial;

    public SortedSet<ObjectHistory> Objects { get; } = new(ObjectHistory.Order);

    public Dictionary<string, Upload> Uploads { get; } = new(StringComparer.Ordinal);

    /// <summary>The day up to which the lifecycle rules have been applied.</summary>
    public DateTime SweptOn { get; set; }
}
