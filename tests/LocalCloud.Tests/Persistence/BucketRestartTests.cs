using System.Text;
using System.Xml.Linq;
using LocalCloud.Tests.S3;

namespace LocalCloud.Tests.Persistence;

public class BucketRestartTests
{
    private static readonly byte[] Large = [.. Enumerable.Repeat((byte)'l', 5 * 1024 * 1024)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Objects_keep_their_bytes_headers_and_tags_and_what_was_deleted_stays_away(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        var s3 = new S3Client(it.Cloud);
        await s3.SendAsync("PUT", "/bucket");
        await s3.SendAsync("PUT", "/empty");
        await s3.SendAsync("DELETE", "/empty");
        await s3.PutAsync("/bucket/claims/1", "first");
        await s3.PutAsync("/bucket/claims/1", "{}", ("Content-Type", "application/json"), ("x-amz-meta-kind", "check"), ("x-amz-tagging", "a=1"), ("x-amz-checksum-algorithm", "SHA256"));
        await s3.PutAsync("/bucket/claims/1?tagging", "<Tagging><TagSet><Tag><Key>b</Key><Value>2</Value></Tag></TagSet></Tagging>");
        await s3.PutAsync("/bucket/gone", "gone");
        await s3.SendAsync("DELETE", "/bucket/gone");
        var before = await AllAsync();

        await (compacted ? it.CompactAndKillAsync() : it.KillAsync());
        s3 = new S3Client(it.Cloud);

        Assert.Equal(before, await AllAsync());
        Assert.Equal(["claims/1"], await s3.KeysAsync("/bucket?list-type=2"));
        Assert.Equal((404, "NoSuchBucket"), (await s3.GetAsync("/empty")).Error);

        async Task<string> AllAsync()
        {
            var read = await s3.GetAsync("/bucket/claims/1", ("x-amz-checksum-mode", "ENABLED"));
            var headers = read.Headers.Where(header => header.Key is not ("x-amz-request-id" or "x-amz-id-2" or "Date")).OrderBy(header => header.Key, StringComparer.Ordinal);
            return $"{string.Join('\n', headers)}\n{read.Text}\n{(await s3.GetAsync("/bucket/claims/1?tagging")).Text}";
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Versions_keep_their_order_and_buckets_their_settings(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        var s3 = new S3Client(it.Cloud);
        await s3.SendAsync("PUT", "/bucket");
        await s3.PutAsync("/bucket/k", "unversioned");
        await s3.PutAsync("/bucket?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
        await s3.PutAsync("/bucket/k", "one");
        var removed = (await s3.PutAsync("/bucket/k", "removed"))["x-amz-version-id"];
        await s3.PutAsync("/bucket/k", "two");
        await s3.SendAsync("DELETE", $"/bucket/k?versionId={removed}");
        await s3.SendAsync("DELETE", "/bucket/k");
        await s3.PutAsync("/bucket?versioning", "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>");
        await s3.PutAsync("/bucket/k", "last");
        var before = await AllAsync();

        await (compacted ? it.CompactAndKillAsync() : it.KillAsync());
        s3 = new S3Client(it.Cloud);

        Assert.Equal(before, await AllAsync());
        Assert.Equal("last", (await s3.GetAsync("/bucket/k")).Text);

        async Task<string> AllAsync() => $"{(await s3.GetAsync("/bucket?versions")).Text}\n{(await s3.GetAsync("/bucket?versioning")).Text}\n{(await s3.GetAsync("/bucket?publicAccessBlock")).Text}";
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upload_in_parts_goes_on_and_a_complete_one_is_in_the_journal_once(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        var s3 = new S3Client(it.Cloud);
        await s3.SendAsync("PUT", "/bucket");
        var id = (await s3.SendAsync("POST", "/bucket/k?uploads", [])).Xml.Element("UploadId")!.Value;
        await PartAsync(1, "replaced"u8.ToArray());
        var one = await PartAsync(1, Large);
        await RestartAsync();
        var two = await PartAsync(2, "end"u8.ToArray());
        await RestartAsync();
        var parts = new XElement(
            "CompleteMultipartUpload",
            new[] { one, two }.Select((tag, index) => new XElement("Part", new XElement("PartNumber", index + 1), new XElement("ETag", tag))));

        Assert.Equal(200, (await s3.SendAsync("POST", $"/bucket/k?uploadId={id}", Encoding.UTF8.GetBytes(parts.ToString()))).Status);
        Assert.InRange(it.Files.Sum(file => new FileInfo(file).Length), Large.Length, Large.Length * 3 / 2);
        await RestartAsync();

        var read = await s3.GetAsync("/bucket/k");
        Assert.Equal([.. Large, .. "end"u8], read.Body);
        Assert.Equal((404, "NoSuchUpload"), (await s3.GetAsync($"/bucket/k?uploadId={id}")).Error);

        async Task<string> PartAsync(int number, byte[] content) => (await s3.SendAsync("PUT", $"/bucket/k?uploadId={id}&partNumber={number}", content))["ETag"]!;

        async Task RestartAsync()
        {
            await (compacted ? it.CompactAndKillAsync() : it.KillAsync());
            s3 = new S3Client(it.Cloud);
        }
    }
}
