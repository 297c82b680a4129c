namespace LocalCloud.S3.Operations;

/// <summary>Access control lists, which new buckets do not use: the owner may do everything, and nobody can be added.</summary>
internal static class Acl
{
    public static S3Answer OfBucket(S3Call call)
    {
        call.Demand("GetBucketAcl", call.Bucket());
        return Write(call);
    }

    public static S3Answer OfObject(S3Call call)
    {
        var bucket = call.Bucket();
        call.Demand(call.VersionId is null ? "GetObjectAcl" : "GetObjectVersionAcl", bucket, call.Key);
        return call.Store.Get(bucket, call.Key, call.VersionId) is { IsDeleteMarker: false } ? Write(call) : throw S3Error.NoSuchKey();
    }

    public static S3Answer Put(S3Call call)
    {
        call.Demand("PutBucketAcl", call.Bucket());
        throw S3Error.AclNotSupported();
    }

    /// <summary>Refuses a list other than those that say what holds anyway.</summary>
    /// <exception cref="Http.ServiceException">AccessControlListNotSupported.</exception>
    public static void Check(S3Call call)
    {
        if (call.Header("x-amz-acl") is not (null or "private" or "bucket-owner-full-control" or "bucket-owner-read")
            || call.Headers.Any(header => header.Key.StartsWith("x-amz-grant-", StringComparison.OrdinalIgnoreCase)))
        {
            throw S3Error.AclNotSupported();
        }
    }

    private static S3Answer Write(S3Call call)
    {
        var xml = S3Xml.Root("AccessControlPolicy").Owner(call.S3)
            .Open("AccessControlList").Open("Grant")
            .Open("Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\"").Element("ID", call.S3.OwnerId).Element("DisplayName", "localcloud").Close("Grantee")
            .Element("Permission", "FULL_CONTROL")
            .Close("Grant").Close("AccessControlList").Close("AccessControlPolicy");
        return S3Answer.Xml(xml);
    }
}
