using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;

namespace LocalCloud.Tests.S3;

/// <summary>AWS's own client for .NET, as it comes: chunked bodies and checksums of its own choosing.</summary>
public class OfficialClientTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_puts_gets_lists_and_deletes()
    {
        await using var cloud = await TestCloud.StartAsync();
        using var s3 = Client(cloud);
        await s3.PutBucketAsync("bucket", Ct);

        await s3.PutObjectAsync(new() { BucketName = "bucket", Key = "a b/ü+", ContentBody = "hello", Metadata = { ["m"] = "1" } }, Ct);
        using var get = await s3.GetObjectAsync("bucket", "a b/ü+", Ct);
        using var reader = new StreamReader(get.ResponseStream);

        Assert.Equal(("hello", "1"), (await reader.ReadToEndAsync(Ct), get.Metadata["m"]));
        Assert.Equal("a b/ü+", Assert.Single((await s3.ListObjectsV2Async(new() { BucketName = "bucket" }, Ct)).S3Objects).Key);
        await s3.DeleteObjectsAsync(new() { BucketName = "bucket", Objects = [new() { Key = "a b/ü+" }] }, Ct);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<NoSuchKeyException>(() => s3.GetObjectAsync("bucket", "a b/ü+", Ct))).StatusCode);
    }

    [Fact]
    public async Task Its_conditional_put_does_not_overwrite()
    {
        await using var cloud = await TestCloud.StartAsync();
        using var s3 = Client(cloud);
        await s3.PutBucketAsync("bucket", Ct);
        await s3.PutObjectAsync(new() { BucketName = "bucket", Key = "k", ContentBody = "1", IfNoneMatch = "*" }, Ct);

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.PutObjectAsync(new() { BucketName = "bucket", Key = "k", ContentBody = "2", IfNoneMatch = "*" }, Ct));

        Assert.Equal((HttpStatusCode.PreconditionFailed, "PreconditionFailed"), (error.StatusCode, error.ErrorCode));
    }

    [Fact]
    public async Task Its_transfer_utility_uploads_in_parts()
    {
        await using var cloud = await TestCloud.StartAsync();
        using var s3 = Client(cloud);
        await s3.PutBucketAsync("bucket", Ct);
        var content = new byte[17 * 1024 * 1024];
        new Random(1).NextBytes(content);

        using var transfer = new TransferUtility(s3);
        await transfer.UploadAsync(new TransferUtilityUploadRequest { BucketName = "bucket", Key = "big", InputStream = new MemoryStream(content), PartSize = 5 * 1024 * 1024 }, Ct);
        using var get = await s3.GetObjectAsync("bucket", "big", Ct);
        using var copy = new MemoryStream();
        await get.ResponseStream.CopyToAsync(copy, Ct);

        Assert.EndsWith("-4\"", get.ETag, StringComparison.Ordinal);
        Assert.True(copy.ToArray().AsSpan().SequenceEqual(content));
    }

    [Fact]
    public async Task Its_presigned_addresses_work_without_a_client()
    {
        await using var cloud = await TestCloud.StartAsync();
        using var s3 = Client(cloud);
        await s3.PutBucketAsync("bucket", Ct);

        var put = await s3.GetPreSignedURLAsync(Presigned(HttpVerb.PUT));
        using var answer = await cloud.Client.PutAsync(new Uri(put), new ByteArrayContent(Encoding.UTF8.GetBytes("hello")), Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("hello", await cloud.Client.GetStringAsync(new Uri(await s3.GetPreSignedURLAsync(Presigned(HttpVerb.GET))), Ct));
    }

    private static GetPreSignedUrlRequest Presigned(HttpVerb verb) =>
        new() { BucketName = "bucket", Key = "a b", Verb = verb, Expires = DateTime.UtcNow.AddMinutes(5), Protocol = Protocol.HTTP };

    private static AmazonS3Client Client(TestCloud cloud) => new(
        new BasicAWSCredentials("test", "test"),
        new AmazonS3Config { ServiceURL = cloud.Endpoint.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
}
