using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Notifications;

/// <summary>Something that happened to an object.</summary>
/// <param name="Bucket">Where it is.</param>
/// <param name="Version">The object, or the delete marker that hides it.</param>
/// <param name="Name">Without <c>s3:</c>: <c>ObjectCreated:Put</c>.</param>
/// <param name="RequestId">Of the request that did it.</param>
/// <param name="Principal">Who did it.</param>
/// <param name="SourceAddress">From where.</param>
internal sealed record ObjectEvent(Bucket Bucket, ObjectVersion Version, string Name, string RequestId, string Principal, string SourceAddress);
