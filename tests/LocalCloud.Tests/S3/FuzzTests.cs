using System.Text;

namespace LocalCloud.Tests.S3;

/// <summary>Requests mangled by a fixed seed: whatever comes in, the answer is S3's own, and soon.</summary>
public class FuzzTests
{
    private static readonly string[] Documents =
    [
        "<Delete><Quiet>true</Quiet><Object><Key>k</Key><VersionId>null</VersionId></Object></Delete>",
        "<LifecycleConfiguration><Rule><ID>r</ID><Filter><And><Prefix>a</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></And></Filter><Status>Enabled</Status><Expiration><Days>99999999</Days></Expiration><Transition><Days>1</Days><StorageClass>GLACIER</StorageClass></Transition></Rule></LifecycleConfiguration>",
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"a\"</ETag></Part></CompleteMultipartUpload>",
        "<NotificationConfiguration><QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:q</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration></NotificationConfiguration>",
        "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><MaxAgeSeconds>1</MaxAgeSeconds></CORSRule></CORSConfiguration>",
        "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"*\"]},\"Action\":[\"s3:*\"],\"Resource\":\"arn:aws:s3:::bucket\"}]}",
        "5;chunk-signature=aa\r\n12345\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n",
    ];

    private static readonly string[] Targets =
    [
        "/bucket?delete", "/bucket?lifecycle", "/bucket/k?uploadId=%41", "/bucket?notification", "/bucket?cors", "/bucket?tagging", "/bucket?policy", "/bucket/k",
        "/bucket?versions&max-keys=1&key-marker=k", "/bucket?list-type=2&continuation-token=a&delimiter=%2F", "/bucket/k?partNumber=1", "/bucket?uploads", "/?max-buckets=1",
        "/bucket/k?tagging&versionId=null", "/bucket/k?attributes", "/bucket/k?uploads", "/bucket/k?response-expires=a",
    ];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Range", "bytes=0-1"), ("If-Match", "\"a\""), ("If-None-Match", "*"), ("x-amz-tagging", "a=b"), ("x-amz-copy-source", "/bucket/k?versionId=null"), ("Content-MD5", "aa=="),
        ("x-amz-checksum-sha256", "AA=="), ("x-amz-storage-class", "GLACIER"), ("x-amz-decoded-content-length", "5"), ("x-amz-object-attributes", "ETag"), ("Origin", "http://a"),
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"), ("x-amz-trailer", "x-amz-checksum-crc32"), ("x-amz-copy-source-range", "bytes=0-0"), ("If-Modified-Since", "x"),
    ];

    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS"];

    [Fact]
    public async Task No_mangled_request_makes_S3_fail_or_hang()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/k", "hello");
        var random = new Random(20261121);
        for (var i = 0; i < 3_000; i++)
        {
            var target = Mangle(Targets[random.Next(Targets.Length)], random, i % 2);
            var headers = Headers.Where(header => random.Next(5) == 0).Select(header => (header.Name, Mangle(header.Value, random, i % 3))).ToArray();
            var answer = await s3.SendAsync(
                Methods[random.Next(Methods.Length)], "/" + target.TrimStart('/'), Encoding.Latin1.GetBytes(Mangle(Documents[random.Next(Documents.Length)], random, i % 4)), headers);

            Assert.True(answer.Status is < 500 or 501, $"request {i} gave {answer.Status} {answer.Text}");
        }
    }

    // Replaces, drops or doubles a few characters by others that a request can have.
    private static string Mangle(string text, Random random, int times)
    {
        for (; times > 0 && text.Length > 0; times--)
        {
            var at = random.Next(text.Length);
            text = random.Next(3) switch
            {
                0 => text[..at] + (char)random.Next('!', '~') + text[(at + 1)..],
                1 => text.Remove(at, 1),
                _ => text[..at] + text[at..] + text[at..],
            };
        }

        return text;
    }
}
