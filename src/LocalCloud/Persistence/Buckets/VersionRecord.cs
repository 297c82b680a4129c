using System.Collections.Immutable;
using LocalCloud.S3.Content;
using LocalCloud.S3.Objects;

namespace LocalCloud.Persistence.Buckets;

/// <summary>A version of an object in a record, all but its bytes.</summary>
internal static class VersionRecord
{
    public static RecordWriter Add(RecordWriter record, ObjectVersion version)
    {
        record.Add(version.Key)
            .Add(version.VersionId)
            .Add(version.IsDeleteMarker)
            .Add(version.ETag)
            .Add(version.At.UtcTicks)
            .Add(version.Headers.Content)
            .Add(version.Headers.User)
            .Add(version.Encryption.Algorithm)
            .Add(version.Encryption.KeyId)
            .Add(version.Encryption.BucketKey)
            .Add(version.StorageClass)
            .Add(version.Tags)
            .Add(version.Sequence);
        Add(record, version.Checksum).Add(version.Parts.Length);
        foreach (var part in version.Parts)
        {
            Add(record.Add(part.Number).Add(part.Size), part.Checksum);
        }

        return record;
    }

    public static ObjectVersion Read(ref RecordReader record)
    {
        var version = new ObjectVersion(record.Text(), [])
        {
            VersionId = record.Text(),
            IsDeleteMarker = record.Bool(),
            ETag = record.Text(),
            At = new DateTimeOffset(record.Long(), TimeSpan.Zero),
            Headers = new(Sorted(record.Map()), Sorted(record.Map())),
            Encryption = new(record.Text(), record.TextOrNull(), record.Bool()),
            StorageClass = record.Text(),
            Tags = Sorted(record.Map()),
            Sequence = record.ULong(),
            Checksum = Checksum(ref record),
        };
        List<StoredPart> parts = [];
        for (var count = record.Int(); count > 0; count--)
        {
            parts.Add(new(record.Int(), record.Int(), Checksum(ref record)));
        }

        return version with { Parts = [.. parts] };
    }

    public static RecordWriter Add(RecordWriter record, S3.Content.Checksum? checksum) =>
        checksum is null ? record.Add((string?)null) : record.Add(checksum.Algorithm.Name).Add(checksum.Value).Add(checksum.IsComposite);

    public static S3.Content.Checksum? Checksum(ref RecordReader record) =>
        record.TextOrNull() is { } algorithm ? new(ChecksumAlgorithm.Named(algorithm), record.Text(), record.Bool()) : null;

    private static ImmutableSortedDictionary<string, string> Sorted(Dictionary<string, string> map) => map.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
