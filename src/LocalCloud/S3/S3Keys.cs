using LocalCloud.Http;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.S3;

/// <summary>The condition keys of S3 that a request brings: <c>s3:prefix</c> of a listing, <c>s3:x-amz-server-side-encryption</c> of a put.</summary>
internal static class S3Keys
{
    private static readonly string[] OfObjects =
    [
        "x-amz-acl", "x-amz-content-sha256", "x-amz-copy-source", "x-amz-metadata-directive", "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id",
        "x-amz-storage-class", "if-match", "if-none-match",
    ];

    private static readonly string[] OfListings = ["prefix", "delimiter", "max-keys"];

    public static Dictionary<string, string> OfObject(IHeaderDictionary headers, string? versionId)
    {
        var keys = Read(OfObjects, name => headers.TryGetValue(name, out var value) ? value.ToString() : null);
        if (versionId is not null)
        {
            keys["s3:VersionId"] = versionId;
        }

        return keys;
    }

    public static Dictionary<string, string> OfListing(Form query) => Read(OfListings, name => query[name]);

    private static Dictionary<string, string> Read(string[] names, Func<string, string?> value) =>
        names.Select(name => (Key: "s3:" + name, Value: value(name))).Where(key => key.Value is not null).ToDictionary(key => key.Key, key => key.Value!, StringComparer.Ordinal);
}
