using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Lifecycle;

/// <summary>What a lifecycle rule did to a version.</summary>
/// <param name="Version">The version, or the delete marker that now hides it.</param>
/// <param name="Event">As notifications name it.</param>
internal sealed record Expiration(ObjectVersion Version, string Event);
