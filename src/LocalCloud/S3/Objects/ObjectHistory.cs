namespace LocalCloud.S3.Objects;

/// <summary>All versions under one key, the latest last.</summary>
internal sealed class ObjectHistory(string key)
{
    public static IComparer<ObjectHistory> Order { get; } = Comparer<ObjectHistory>.Create((a, b) => ObjectKey.Order.Compare(a.Key, b.Key));

    public string Key { get; } = key;

    public List<ObjectVersion> Versions { get; } = [];

    /// <summary>What a read without a version id finds; null when there is nothing, or a delete marker.</summary>
    public ObjectVersion? Current => Versions is [.., { IsDeleteMarker: false } last] ? last : null;

    public ObjectVersion? Find(string versionId) => Versions.Find(version => version.VersionId == versionId);
}
