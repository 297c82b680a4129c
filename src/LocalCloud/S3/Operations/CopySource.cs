using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Operations;

/// <summary>The object that a copy copies: <c>/bucket/key?versionId=…</c>, percent-encoded, with or without the first slash.</summary>
internal sealed record CopySource(Bucket Bucket, ObjectVersion Object, string? VersionId)
{
    private const string Header = "x-amz-copy-source";
    private const string Version = "?versionId=";

    /// <exception cref="Http.ServiceException">There is no such object, the caller may not read it, or a condition on it does not hold.</exception>
    public static CopySource Read(S3Call call)
    {
        var source = call.Header(Header)!;
        var mark = source.IndexOf(Version, StringComparison.Ordinal);
        var versionId = mark < 0 ? null : source[(mark + Version.Length)..];
        var path = S3Address.Decode(mark < 0 ? source : source[..mark])?.TrimStart('/');
        if (path?.IndexOf('/', StringComparison.Ordinal) is not ({ } slash and > 0) || slash == path.Length - 1)
        {
            throw S3Error.InvalidArgument("Invalid copy source object key");
        }

        var (bucket, key) = (call.S3.Bucket(path[..slash]), path[(slash + 1)..]);
        if (call.Header("x-amz-source-expected-bucket-owner") is { } owner && owner != call.S3.Options.AccountId)
        {
            throw S3Error.AccessDenied();
        }

        call.Demand(versionId is null ? "GetObject" : "GetObjectVersion", bucket, key);
        var version = call.Store.Get(bucket, key, versionId);
        if (version is null or { IsDeleteMarker: true })
        {
            call.Demand("ListBucket", bucket);
            throw version is not null && versionId is not null ? S3Error.InvalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.")
                : versionId is null ? S3Error.NoSuchKey() : S3Error.NoSuchVersion();
        }

        ReadCondition.Require(!new ReadCondition(call, Header + "-").IsKnown(version));
        EncryptionKey.DemandToRead(call, bucket, version);
        return StorageClass.IsArchive(version.StorageClass) ? throw S3Error.InvalidObjectState() : new(bucket, version, versionId);
    }

    /// <summary>What the answer says about the source.</summary>
    public string? CopiedVersion => Bucket.Settings.Versioning == Configuration.Versioning.Off ? null : Object.VersionId;
}
