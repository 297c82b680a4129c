using LocalCloud.S3.Content;

namespace LocalCloud.S3.Uploads;

/// <summary>A part of an upload in progress.</summary>
internal sealed record Part(int Number, byte[] Content, string ETag, DateTimeOffset At, Checksum? Checksum)
{
    /// <summary>The highest number of a part; the lowest is 1.</summary>
    public const int Most = 10_000;

    /// <summary>Bytes of every part but the last.</summary>
    public const int Smallest = 5 * 1024 * 1024;

    public long Cost => Content.Length + Limits.ObjectOverheadBytes;
}
