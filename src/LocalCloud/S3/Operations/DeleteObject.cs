using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Operations;

internal static class DeleteObject
{
    public static S3Answer Run(S3Call call)
    {
        var bucket = call.Bucket();
        var removal = Delete(call, bucket, call.Key, call.VersionId, new(call.Header("If-Match"), false));
        var marker = removal?.Version is { IsDeleteMarker: true };
        return new S3Answer(204)
            .With("x-amz-delete-marker", marker ? "true" : null)
            .With("x-amz-version-id", removal is { WasMarked: true } ? removal.Version.VersionId : call.VersionId);
    }

    /// <summary>Deletes one key, or one version, and tells of it.</summary>
    /// <exception cref="Http.ServiceException">The caller may not, or the condition does not hold.</exception>
    public static Removal? Delete(S3Call call, Bucket bucket, string key, string? versionId, WriteCondition condition)
    {
        ObjectKey.Check(key);
        call.Demand(versionId is null ? "DeleteObject" : "DeleteObjectVersion", bucket, key);
        var removal = call.Store.Delete(bucket, key, versionId, condition);
        if (removal is not null)
        {
            call.Send(bucket, removal.Version, removal.WasMarked ? "ObjectRemoved:DeleteMarkerCreated" : "ObjectRemoved:Delete");
        }

        return removal;
    }
}
