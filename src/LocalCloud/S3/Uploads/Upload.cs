using LocalCloud.S3.Content;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Uploads;

/// <summary>A multipart upload in progress.</summary>
/// <param name="Id">What the client names it by.</param>
/// <param name="Object">The object it will be, still without content.</param>
/// <param name="Algorithm">Of the checksums of its parts; null when the client named none.</param>
/// <param name="IsComposite">Whether the object's checksum is one of its parts' checksums.</param>
internal sealed record Upload(string Id, ObjectVersion Object, ChecksumAlgorithm? Algorithm, bool IsComposite)
{
    public string Key => Object.Key;

    public DateTimeOffset Initiated => Object.At;

    /// <summary>By number; changed only by the store.</summary>
    public SortedDictionary<int, Part> Parts { get; } = [];
}
