using System.Collections.Immutable;
using LocalCloud.S3.Content;

namespace LocalCloud.S3.Objects;

/// <summary>What is stored under a key at a time: an object, or the marker that it was deleted. Never changed but for its tags and storage class.</summary>
internal sealed record ObjectVersion(string Key, byte[] Content)
{
    /// <summary>Of everything stored while versioning was not enabled.</summary>
    public const string NullVersion = "null";

    public string VersionId { get; init; } = NullVersion;

    public bool IsDeleteMarker { get; init; }

    /// <summary>Without quotes.</summary>
    public string ETag { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public ObjectHeaders Headers { get; init; } = ObjectHeaders.None;

    public ObjectEncryption Encryption { get; init; } = ObjectEncryption.Default;

    public string StorageClass { get; init; } = Objects.StorageClass.Standard;

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public Checksum? Checksum { get; init; }

    /// <summary>Of an object that was uploaded in parts; else empty.</summary>
    public ImmutableArray<StoredPart> Parts { get; init; } = [];

    /// <summary>Grows with every change in the store: which event of a key is the later one.</summary>
    public ulong Sequence { get; init; }

    /// <summary>What it takes of the account's bytes.</summary>
    public long Cost => Content.Length + Limits.ObjectOverheadBytes;
}
