using LocalCloud.S3.Configuration;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Operations;

/// <summary>What the headers of a put, a copy or a new upload say about the object to be, and what its answer says about the object that is.</summary>
internal static class NewObject
{
    /// <exception cref="Http.ServiceException">A header is not valid, or asks for what LocalCloud has not.</exception>
    public static ObjectVersion Read(S3Call call, Bucket bucket)
    {
        ObjectKey.Check(call.Key);
        Acl.Check(call);
        if (call.Headers.Any(header => header.Key.StartsWith("x-amz-object-lock-", StringComparison.OrdinalIgnoreCase)))
        {
            throw S3Error.InvalidRequest("Bucket is missing Object Lock Configuration");
        }

        var tags = ObjectTags.Parse(call.Header("x-amz-tagging"));
        if (tags.Count > 0)
        {
            call.Demand("PutObjectTagging", bucket, call.Key);
        }

        return new(call.Key, [])
        {
            Headers = ObjectHeaders.Read(call.Headers),
            Encryption = EncryptionKey.ToWrite(call, bucket, ObjectEncryption.Read(call, bucket.Settings.Encryption.For(call.S3))),
            StorageClass = StorageClass.Of(call.Header("x-amz-storage-class")),
            Tags = tags,
        };
    }

    /// <summary>Adds the headers that every answer about a stored object has.</summary>
    public static S3Answer Describe(S3Answer answer, Bucket bucket, ObjectVersion stored)
    {
        stored.Encryption.Write(answer);
        return answer
            .With("x-amz-version-id", bucket.Settings.Versioning == Versioning.Off ? null : stored.VersionId)
            .With("x-amz-expiration", Expiration(bucket, stored));
    }

    private static string? Expiration(Bucket bucket, ObjectVersion stored) => bucket.Settings.Lifecycle
        .Where(rule => rule.IsEnabled)
        .Select(rule => (rule.Id, At: rule.ExpiryOf(stored)))
        .Where(expiry => expiry.At is not null)
        .OrderBy(expiry => expiry.At)
        .Select(expiry => $"expiry-date=\"{S3Answer.HttpDate(expiry.At!.Value)}\", rule-id=\"{Uri.EscapeDataString(expiry.Id)}\"")
        .FirstOrDefault();
}
