using Amazon.S3;
using Amazon.S3.Model;

namespace Functions.Worker;

/// <summary>Keeps documents in the bucket. Whoever writes a document again overwrites it, with the same bytes.</summary>
internal sealed class Documents(IAmazonS3 s3, string bucket)
{
    /// <summary>A client for AWS, or for the emulator that the environment names: those have no address for each bucket.</summary>
    public static AmazonS3Client NewClient() => new(new AmazonS3Config
    {
        ForcePathStyle = (Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_S3") ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL")) is { Length: > 0 },
    });

    /// <exception cref="AmazonS3Exception">S3 did not take it.</exception>
    public async Task PutAsync(string key, byte[] content, string contentType, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, InputStream = stream, ContentType = contentType }, cancellationToken);
    }
}
