using System.Text;

namespace LocalCloud.Tests.S3;

public class ObjectTests
{
    [Fact]
    public async Task An_object_comes_back_with_the_headers_it_was_stored_with()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        var put = await s3.PutAsync("/bucket/k", "hello", ("Content-Type", "text/plain"), ("Content-Encoding", "gzip"), ("Cache-Control", "no-store"), ("Content-Disposition", "inline"), ("x-amz-meta-Mine", "für"), ("x-amz-tagging", "a=b&c=d"));
        var get = await s3.GetAsync("/bucket/k");

        Assert.Equal("\"5d41402abc4b2a76b9719d911017c592\"", put["ETag"]);
        Assert.Equal(("hello", 200, put["ETag"], "bytes"), (get.Text, get.Status, get["ETag"], get["Accept-Ranges"]));
        Assert.Equal(("text/plain", "gzip", "no-store", "inline"), (get["Content-Type"], get["Content-Encoding"], get["Cache-Control"], get["Content-Disposition"]));
        Assert.Equal(("=?UTF-8?B?ZsO8cg==?=", "2", "AES256"), (get["x-amz-meta-mine"], get["x-amz-tagging-count"], get["x-amz-server-side-encryption"]));
        Assert.Equal("Fri, 20 Nov 2026 12:00:00 GMT", get["Last-Modified"]);
        Assert.NotNull(get["x-amz-request-id"]);
    }

    [Theory]
    [InlineData("/bucket/a/../b/./c", "a/../b/./c")]
    [InlineData("/bucket//x//", "/x//")]
    [InlineData("/bucket/a+b%20c%2Bd", "a+b c+d")]
    [InlineData("/bucket/%C3%BC%F0%9F%98%80", "ü😀")]
    [InlineData("/bucket/%2525%3F%23%26", "%25?#&")]
    public async Task A_key_is_what_the_path_says_decoded_once(string path, string key)
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        await s3.PutAsync(path, "x");

        Assert.Equal([key], await s3.KeysAsync("/bucket?list-type=2"));
        Assert.Equal("x", (await s3.GetAsync(path)).Text);
    }

    [Theory]
    [InlineData("bytes=0-1", 206, "he", "bytes 0-1/5")]
    [InlineData("bytes=3-", 206, "lo", "bytes 3-4/5")]
    [InlineData("bytes=-2", 206, "lo", "bytes 3-4/5")]
    [InlineData("bytes=1-99", 206, "ello", "bytes 1-4/5")]
    [InlineData("bytes=-99", 206, "hello", "bytes 0-4/5")]
    [InlineData("bytes=3-1", 200, "hello", null)]
    [InlineData("lines=1-2", 200, "hello", null)]
    public async Task A_range_gives_that_part(string range, int status, string text, string? contentRange)
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/k", "hello");

        var get = await s3.GetAsync("/bucket/k", ("Range", range));

        Assert.Equal((status, text, contentRange), (get.Status, get.Text, get["Content-Range"]));
    }

    [Fact]
    public async Task A_range_behind_the_end_is_not_satisfiable()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/k", "hello");

        Assert.Equal((416, "InvalidRange"), (await s3.GetAsync("/bucket/k", ("Range", "bytes=5-"))).Error);
        Assert.Equal((416, "InvalidRange"), (await s3.GetAsync("/bucket/k", ("Range", "bytes=-0"))).Error);
    }

    [Fact]
    public async Task The_query_overrides_the_headers_of_an_answer_but_cannot_break_them()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/k", "hello");

        Assert.Equal("a/b", (await s3.GetAsync("/bucket/k?response-content-type=a%2Fb"))["Content-Type"]);
        Assert.Equal((400, "InvalidArgument"), (await s3.GetAsync("/bucket/k?response-content-disposition=a%0D%0Ab")).Error);
    }

    [Fact]
    public async Task A_head_has_the_length_and_no_body_and_its_errors_have_none_either()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/k", "hello");

        var head = await s3.SendAsync("HEAD", "/bucket/k");
        var missing = await s3.SendAsync("HEAD", "/bucket/nothing");

        Assert.Equal((200, "5", 0), (head.Status, head["Content-Length"], head.Body.Length));
        Assert.Equal((404, 0), (missing.Status, missing.Body.Length));
    }

    [Fact]
    public async Task Errors_name_code_resource_and_request()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        var missing = await s3.GetAsync("/bucket/nothing");

        Assert.Equal((404, "NoSuchKey"), missing.Error);
        Assert.Equal(("nothing", "/bucket/nothing", missing["x-amz-request-id"]), (missing.Xml.Element("Key")!.Value, missing.Xml.Element("Resource")!.Value, missing.Xml.Element("RequestId")!.Value));
        Assert.Equal((404, "NoSuchBucket"), (await s3.GetAsync("/nowhere/k")).Error);
        Assert.Equal((400, "KeyTooLongError"), (await s3.PutAsync("/bucket/" + new string('k', 1025), "")).Error);
        Assert.Equal((405, "MethodNotAllowed"), (await s3.SendAsync("PATCH", "/bucket/k")).Error);
        Assert.Equal((501, "NotImplemented"), (await s3.GetAsync("/bucket/k?torrent")).Error);
        Assert.Equal((400, "InvalidURI"), (await s3.GetAsync("/bucket/%FF")).Error);
    }

    [Fact]
    public async Task Deleting_is_quiet_about_what_is_not_there()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/k", "hello");

        Assert.Equal(204, (await s3.SendAsync("DELETE", "/bucket/k")).Status);
        Assert.Equal(204, (await s3.SendAsync("DELETE", "/bucket/k")).Status);
        Assert.Equal(404, (await s3.GetAsync("/bucket/k")).Status);
    }

    [Fact]
    public async Task Many_are_deleted_at_once_and_each_is_answered_for()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/a", "1");
        await s3.PutAsync("/bucket/b", "1");
        var body = "<Delete><Object><Key>a</Key></Object><Object><Key>b</Key><ETag>\"other\"</ETag></Object><Object><Key>c</Key></Object></Delete>";

        var answer = await s3.SendAsync("POST", "/bucket?delete", Encoding.UTF8.GetBytes(body), ("Content-MD5", Md5(body)));
        var quiet = body.Replace("<Delete>", "<Delete><Quiet>true</Quiet>", StringComparison.Ordinal);

        Assert.Equal(["a", "c"], answer.Xml.Elements("Deleted").Select(deleted => deleted.Element("Key")!.Value));
        Assert.Equal("PreconditionFailed", answer.Xml.Element("Error")!.Element("Code")!.Value);
        Assert.Empty((await s3.SendAsync("POST", "/bucket?delete", Encoding.UTF8.GetBytes(quiet), ("Content-MD5", Md5(quiet)))).Xml.Elements("Deleted"));
        Assert.Equal((400, "InvalidRequest"), (await s3.SendAsync("POST", "/bucket?delete", Encoding.UTF8.GetBytes(body))).Error);
        Assert.Equal(["b"], await s3.KeysAsync("/bucket"));
    }

    [Fact]
    public async Task A_copy_takes_headers_and_tags_along_unless_told_otherwise()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/a%20b", "hello", ("Content-Type", "text/plain"), ("x-amz-meta-m", "1"), ("x-amz-tagging", "t=1"));

        var copy = await s3.SendAsync("PUT", "/bucket/copy", [], ("x-amz-copy-source", "/bucket/a%20b"));
        await s3.SendAsync("PUT", "/bucket/other", [], ("x-amz-copy-source", "bucket/a%20b"), ("x-amz-metadata-directive", "REPLACE"), ("x-amz-tagging-directive", "REPLACE"), ("x-amz-meta-n", "2"));
        var (first, second) = (await s3.GetAsync("/bucket/copy"), await s3.GetAsync("/bucket/other"));

        Assert.Equal("\"5d41402abc4b2a76b9719d911017c592\"", copy.Xml.Element("ETag")!.Value);
        Assert.Equal(("hello", "text/plain", "1", "1"), (first.Text, first["Content-Type"], first["x-amz-meta-m"], first["x-amz-tagging-count"]));
        Assert.Equal(("hello", null, "2", null), (second.Text, second["x-amz-meta-m"], second["x-amz-meta-n"], second["x-amz-tagging-count"]));
        Assert.Equal((400, "InvalidRequest"), (await s3.SendAsync("PUT", "/bucket/copy", [], ("x-amz-copy-source", "/bucket/copy"))).Error);
        Assert.Equal((404, "NoSuchKey"), (await s3.SendAsync("PUT", "/bucket/x", [], ("x-amz-copy-source", "/bucket/nothing"))).Error);
        Assert.Equal((412, "PreconditionFailed"), (await s3.SendAsync("PUT", "/bucket/x", [], ("x-amz-copy-source", "/bucket/copy"), ("x-amz-copy-source-if-match", "\"no\""))).Error);
    }

    [Fact]
    public async Task Tags_can_be_set_read_and_removed_and_are_bounded()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/k", "hello");

        await s3.PutAsync("/bucket/k?tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>");
        var tags = (await s3.GetAsync("/bucket/k?tagging")).Xml.Descendants("Tag").Select(tag => tag.Value);
        var many = string.Concat(Enumerable.Range(0, 11).Select(i => $"<Tag><Key>{i}</Key><Value/></Tag>"));

        Assert.Equal(["ab"], tags);
        Assert.Equal((400, "BadRequest"), (await s3.PutAsync("/bucket/k?tagging", $"<Tagging><TagSet>{many}</TagSet></Tagging>")).Error);
        Assert.Equal(204, (await s3.SendAsync("DELETE", "/bucket/k?tagging")).Status);
        Assert.Empty((await s3.GetAsync("/bucket/k?tagging")).Xml.Descendants("Tag"));
    }

    [Fact]
    public async Task Encryption_headers_are_remembered_and_customer_keys_refused()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        await s3.PutAsync("/bucket/k", "hello", ("x-amz-server-side-encryption", "aws:kms"), ("x-amz-server-side-encryption-aws-kms-key-id", "alias/aws/s3"));
        var get = await s3.GetAsync("/bucket/k");

        Assert.Equal("aws:kms", get["x-amz-server-side-encryption"]);
        Assert.StartsWith("arn:aws:kms:us-east-1:000000000000:key/", get["x-amz-server-side-encryption-aws-kms-key-id"], StringComparison.Ordinal);
        Assert.Equal((501, "NotImplemented"), (await s3.PutAsync("/bucket/k", "", ("x-amz-server-side-encryption-customer-algorithm", "AES256"))).Error);
    }

    [Fact]
    public async Task A_request_larger_than_64_MiB_is_refused_and_not_stored()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var most = new byte[64 * 1024 * 1024];

        Assert.Equal(200, (await s3.SendAsync("PUT", "/bucket/most", most)).Status);
        Assert.Equal((400, "EntityTooLarge"), (await s3.SendAsync("PUT", "/bucket/more", [.. most, 0])).Error);
        Assert.Equal(["most"], await s3.KeysAsync("/bucket"));
    }

    [Fact]
    public async Task All_buckets_together_hold_1_GiB_and_a_delete_makes_room()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.SendAsync("PUT", "/bucket/0", new byte[64 * 1024 * 1024]);
        for (var i = 1; i < 15; i++)
        {
            Assert.Equal(200, (await s3.SendAsync("PUT", $"/bucket/{i}", [], ("x-amz-copy-source", "/bucket/0"))).Status);
        }

        Assert.Equal((403, "QuotaExceeded"), (await s3.SendAsync("PUT", "/bucket/15", [], ("x-amz-copy-source", "/bucket/0"))).Error);
        await s3.SendAsync("DELETE", "/bucket/1");
        Assert.Equal(200, (await s3.SendAsync("PUT", "/bucket/15", [], ("x-amz-copy-source", "/bucket/0"))).Status);
    }

    [Fact]
    public async Task Metadata_is_at_most_2_KiB()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        Assert.Equal((400, "MetadataTooLarge"), (await s3.PutAsync("/bucket/k", "", ("x-amz-meta-a", new string('x', 2048)))).Error);
    }

    internal static string Md5(string text) => Convert.ToBase64String(LocalCloud.S3.Content.ETag.Md5(Encoding.UTF8.GetBytes(text)));
}
