using LocalCloud.Kms;

namespace LocalCloud.S3.Objects;

/// <summary>The KMS key that encrypts an object: whoever writes needs kms:GenerateDataKey on it, whoever reads or adds a part kms:Decrypt.</summary>
internal static class EncryptionKey
{
    /// <summary>The encryption with its key's own ARN, if the caller may write with it.</summary>
    /// <exception cref="Http.ServiceException">There is no such key, it cannot be used now, or the caller may not use it.</exception>
    public static ObjectEncryption ToWrite(S3Call call, Bucket bucket, ObjectEncryption encryption) =>
        Demand(call, "kms:GenerateDataKey", bucket, call.Key, encryption) is { } key ? encryption with { KeyId = key.Arn } : encryption;

    /// <exception cref="Http.ServiceException">As above.</exception>
    public static void DemandToRead(S3Call call, Bucket bucket, ObjectVersion item) => Demand(call, "kms:Decrypt", bucket, item.Key, item.Encryption);

    private static KmsKey? Demand(S3Call call, string action, Bucket bucket, string objectKey, ObjectEncryption encryption)
    {
        if (encryption.KeyId is not { } id)
        {
            return null;
        }

        var key = call.S3.Keys.Find(id) ?? throw S3Error.Kms("NotFoundException", $"Key '{Http.Excerpt.Of(id)}' does not exist");
        if (key.State != KeyState.Enabled)
        {
            throw key.State == KeyState.Disabled ? S3Error.Kms("DisabledException", $"{key.Arn} is disabled.") : S3Error.Kms("KMSInvalidStateException", $"{key.Arn} is pending deletion.");
        }

        // With a bucket key, one data key serves the whole bucket.
        var encrypted = encryption.BucketKey ? bucket.Arn : $"{bucket.Arn}/{objectKey}";
        return call.Refusal(action, key, encrypted) is { } refusal ? throw S3Error.AccessDenied(refusal) : key;
    }
}
