namespace LocalCloud.S3.Objects;

/// <summary>How S3 says it encrypts an object at rest. LocalCloud remembers it; what is in memory is plain.</summary>
/// <param name="Algorithm"><c>AES256</c>, <c>aws:kms</c> or <c>aws:kms:dsse</c>.</param>
/// <param name="KeyId">The key's ARN, of the latter two; its alias's until it is used.</param>
/// <param name="BucketKey">Whether one data key serves many objects.</param>
internal sealed record ObjectEncryption(string Algorithm, string? KeyId = null, bool BucketKey = false)
{
    private const string Header = "x-amz-server-side-encryption";

    public static ObjectEncryption Default { get; } = new("AES256");

    /// <param name="call">Whose headers may name another encryption than the bucket's.</param>
    /// <param name="bucket">The bucket's default.</param>
    /// <exception cref="Http.ServiceException">The headers contradict each other, or bring a key of their own.</exception>
    public static ObjectEncryption Read(S3Call call, ObjectEncryption bucket)
    {
        if (call.Header(Header + "-customer-algorithm") is not null || call.Header(Header + "-customer-key") is not null)
        {
            throw S3Error.NotImplemented("encryption with keys that clients provide (SSE-C)");
        }

        var (algorithm, key) = (call.Header(Header), call.Header(Header + "-aws-kms-key-id"));
        var bucketKey = call.Header(Header + "-bucket-key-enabled")?.Equals("true", StringComparison.OrdinalIgnoreCase);
        return algorithm is null && key is null
            ? bucket with { BucketKey = bucket.KeyId is not null && (bucketKey ?? bucket.BucketKey) }
            : Of(call.S3, algorithm, key, bucketKey ?? (bucket.BucketKey && algorithm == bucket.Algorithm));
    }

    /// <exception cref="Http.ServiceException">There is no such algorithm, or it takes no key.</exception>
    public static ObjectEncryption Of(S3Service s3, string? algorithm, string? key, bool bucketKey) => algorithm switch
    {
        "AES256" when key is null => Default,
        "aws:kms" or "aws:kms:dsse" => new(algorithm, KeyArn(s3, key ?? "alias/aws/s3"), bucketKey),
        null or "AES256" => throw S3Error.InvalidArgument("Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms"),
        _ => throw S3Error.InvalidArgument("The encryption method specified is not supported"),
    };

    public void Write(S3Answer answer) => answer
        .With(Header, Algorithm)
        .With(Header + "-aws-kms-key-id", KeyId)
        .With(Header + "-bucket-key-enabled", BucketKey ? "true" : null);

    private static string KeyArn(S3Service s3, string key) =>
        key.StartsWith("arn:", StringComparison.Ordinal) ? key
        : $"arn:aws:kms:{s3.Options.Region}:{s3.Options.AccountId}:{(key.StartsWith("alias/", StringComparison.Ordinal) ? key : "key/" + key)}";
}
