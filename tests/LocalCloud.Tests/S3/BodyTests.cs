using System.Text;

namespace LocalCloud.Tests.S3;

public class BodyTests
{
    private const string Unsigned = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    // The check values of "123456789" that the algorithms' catalogues give.
    [Theory]
    [InlineData("crc32", "y/Q5Jg==")]
    [InlineData("crc32c", "4waSgw==")]
    [InlineData("crc64nvme", "rosUhgp5mIg=")]
    [InlineData("sha1", null)]
    [InlineData("sha256", null)]
    public async Task A_checksum_is_verified_kept_and_returned(string algorithm, string? value)
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
#pragma warning disable CA5350
        value ??= Convert.ToBase64String(algorithm == "sha1" ? System.Security.Cryptography.SHA1.HashData("123456789"u8) : System.Security.Cryptography.SHA256.HashData("123456789"u8));
#pragma warning restore CA5350
        var header = "x-amz-checksum-" + algorithm;

        Assert.Equal((400, "BadDigest"), (await s3.PutAsync("/bucket/k", "12345678", (header, value))).Error);
        Assert.Equal((400, "InvalidRequest"), (await s3.PutAsync("/bucket/k", "123456789", (header, "nonsense"))).Error);
        Assert.Equal(value, (await s3.PutAsync("/bucket/k", "123456789", (header, value)))[header]);
        Assert.Null((await s3.GetAsync("/bucket/k"))[header]);
        Assert.Equal(value, (await s3.GetAsync("/bucket/k", ("x-amz-checksum-mode", "ENABLED")))[header]);
    }

    [Fact]
    public async Task A_client_that_gives_no_checksum_gets_the_one_that_S3_computes()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        var put = await s3.PutAsync("/bucket/k", "123456789");

        Assert.Equal(("rosUhgp5mIg=", "FULL_OBJECT"), (put["x-amz-checksum-crc64nvme"], put["x-amz-checksum-type"]));
    }

    [Fact]
    public async Task A_wrong_MD5_or_content_hash_is_refused()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        Assert.Equal((400, "BadDigest"), (await s3.PutAsync("/bucket/k", "hello", ("Content-MD5", ObjectTests.Md5("other")))).Error);
        Assert.Equal((400, "InvalidDigest"), (await s3.PutAsync("/bucket/k", "hello", ("Content-MD5", "nonsense"))).Error);
        Assert.Equal((400, "XAmzContentSHA256Mismatch"), (await s3.PutAsync("/bucket/k", "hello", ("x-amz-content-sha256", new string('0', 64)))).Error);
        Assert.Equal(200, (await s3.PutAsync("/bucket/k", "hello", ("Content-MD5", ObjectTests.Md5("hello")))).Status);
    }

    [Fact]
    public async Task A_chunked_body_is_put_together_and_its_trailing_checksum_verified()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        var put = await SendAsync(s3, "5\r\n12345\r\n4\r\n6789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n");
        var get = await s3.GetAsync("/bucket/k");

        Assert.Equal((200, "y/Q5Jg=="), (put.Status, put["x-amz-checksum-crc32"]));
        Assert.Equal(("123456789", "gzip"), (get.Text, get["Content-Encoding"]));
        Assert.Equal((400, "BadDigest"), (await SendAsync(s3, "9\r\n023456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n")).Error);
    }

    [Fact]
    public async Task Signed_chunks_are_put_together_too()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var signature = ";chunk-signature=" + new string('a', 64);
        var body = $"5{signature}\r\n12345\r\n4{signature}\r\n6789\r\n0{signature}\r\n\r\n";

        await s3.SendAsync("PUT", "/bucket/k", Encoding.ASCII.GetBytes(body),
            ("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"), ("x-amz-decoded-content-length", "9"), ("Content-Encoding", "aws-chunked"));
        var get = await s3.GetAsync("/bucket/k");

        Assert.Equal(("123456789", null), (get.Text, get["Content-Encoding"]));
    }

    [Theory]
    [InlineData("9\r\n1234\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n", "IncompleteBody")]
    [InlineData("9\r\n123456789\r\n", "IncompleteBody")]
    [InlineData("zz\r\n123456789\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("FFFFFFFF\r\n123456789\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("4\r\n1234\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n", "IncompleteBody")]
    [InlineData("9\r\n123456789\r\n0\r\n\r\n", "MalformedTrailerError")]
    [InlineData("9\r\n123456789\r\n0\r\nnonsense\r\n\r\n", "MalformedTrailerError")]
    public async Task Broken_chunks_are_refused(string body, string code)
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        Assert.Equal((400, code), (await SendAsync(s3, body)).Error);
        Assert.Equal(404, (await s3.GetAsync("/bucket/k")).Status);
    }

    private static Task<S3Response> SendAsync(S3Client s3, string body) => s3.SendAsync("PUT", "/bucket/k", Encoding.ASCII.GetBytes(body),
        ("x-amz-content-sha256", Unsigned), ("x-amz-decoded-content-length", "9"), ("Content-Encoding", "gzip,aws-chunked"), ("x-amz-trailer", "x-amz-checksum-crc32"));
}
