using LocalCloud.S3.Content;

namespace LocalCloud.S3.Objects;

/// <summary>What is still known of a part after its upload is complete. Size in bytes.</summary>
internal sealed record StoredPart(int Number, int Size, Checksum? Checksum);
