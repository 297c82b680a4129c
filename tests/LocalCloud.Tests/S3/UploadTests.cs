using System.Xml.Linq;

namespace LocalCloud.Tests.S3;

public class UploadTests
{
    private static readonly byte[] Large = [.. Enumerable.Repeat((byte)'l', 5 * 1024 * 1024)];

    [Fact]
    public async Task Parts_become_one_object_whose_tag_tells_of_them()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var id = await StartAsync(s3, ("Content-Type", "text/plain"));
        var (one, two) = (await PartAsync(s3, id, 1, Large), await PartAsync(s3, id, 2, "end"u8.ToArray()));

        var parts = (await s3.GetAsync($"/bucket/k?uploadId={id}")).Xml.Elements("Part").Select(part => part.Element("Size")!.Value);
        var uploads = (await s3.GetAsync("/bucket?uploads")).Xml.Elements("Upload").Select(upload => upload.Element("Key")!.Value);
        var done = await CompleteAsync(s3, id, (1, one), (2, two));
        var get = await s3.GetAsync("/bucket/k");

        Assert.Equal(["5242880", "3"], parts);
        Assert.Equal(["k"], uploads);
        Assert.Matches("^\"[0-9a-f]{32}-2\"$", done.Xml.Element("ETag")!.Value);
        Assert.Equal((Large.Length + 3, "text/plain", done.Xml.Element("ETag")!.Value), (get.Body.Length, get["Content-Type"], get["ETag"]));
        Assert.Equal("end", (await s3.GetAsync("/bucket/k?partNumber=2")).Text);
        Assert.Equal((404, "NoSuchUpload"), (await s3.GetAsync($"/bucket/k?uploadId={id}")).Error);
    }

    [Fact]
    public async Task A_completion_that_does_not_fit_the_parts_is_refused()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var id = await StartAsync(s3);
        var (one, two) = (await PartAsync(s3, id, 1, "small"u8.ToArray()), await PartAsync(s3, id, 2, "end"u8.ToArray()));

        Assert.Equal((400, "EntityTooSmall"), (await CompleteAsync(s3, id, (1, one), (2, two))).Error);
        Assert.Equal((400, "InvalidPartOrder"), (await CompleteAsync(s3, id, (2, two), (1, one))).Error);
        Assert.Equal((400, "InvalidPart"), (await CompleteAsync(s3, id, (1, "\"other\""))).Error);
        Assert.Equal((400, "InvalidPart"), (await CompleteAsync(s3, id, (3, one))).Error);
        Assert.Equal((400, "MalformedXML"), (await CompleteAsync(s3, id)).Error);
        Assert.Equal((404, "NoSuchUpload"), (await CompleteAsync(s3, "other", (1, one))).Error);
        Assert.Equal(400, (await s3.SendAsync("PUT", $"/bucket/k?uploadId={id}&partNumber=10001", [])).Status);
        Assert.Equal(200, (await CompleteAsync(s3, id, (2, two))).Status);
    }

    [Fact]
    public async Task A_conditional_completion_does_not_overwrite_and_can_be_aborted()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var id = await StartAsync(s3);
        var one = await PartAsync(s3, id, 1, "upload"u8.ToArray());
        await s3.PutAsync("/bucket/k", "put");

        Assert.Equal((412, "PreconditionFailed"), (await CompleteAsync(s3, id, [("If-None-Match", "*")], (1, one))).Error);
        Assert.Equal("put", (await s3.GetAsync("/bucket/k")).Text);
        Assert.Equal(204, (await s3.SendAsync("DELETE", $"/bucket/k?uploadId={id}")).Status);
        Assert.Equal((404, "NoSuchUpload"), (await s3.SendAsync("DELETE", $"/bucket/k?uploadId={id}")).Error);
    }

    [Fact]
    public async Task A_part_can_be_copied_from_an_object()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/source", "0123456789");
        var id = await StartAsync(s3);

        var copy = await s3.SendAsync("PUT", $"/bucket/k?uploadId={id}&partNumber=1", [], ("x-amz-copy-source", "/bucket/source"), ("x-amz-copy-source-range", "bytes=2-4"));
        await CompleteAsync(s3, id, (1, copy.Xml.Element("ETag")!.Value));

        Assert.Equal("234", (await s3.GetAsync("/bucket/k")).Text);
        Assert.Equal((400, "InvalidArgument"), (await s3.SendAsync("PUT", $"/bucket/k?uploadId={await StartAsync(s3)}&partNumber=1", [], ("x-amz-copy-source", "/bucket/source"), ("x-amz-copy-source-range", "bytes=2-40"))).Error);
    }

    [Fact]
    public async Task A_checksum_of_the_parts_is_composite_and_one_of_the_whole_is_full()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var parts = await StartAsync(s3, ("x-amz-checksum-algorithm", "SHA256"));
        var whole = await StartAsync(s3, ("x-amz-checksum-algorithm", "CRC32"), ("x-amz-checksum-type", "FULL_OBJECT"));

        var composite = await CompleteAsync(s3, parts, (1, await PartAsync(s3, parts, 1, "123456789"u8.ToArray())));
        var full = await CompleteAsync(s3, whole, (1, await PartAsync(s3, whole, 1, "123456789"u8.ToArray())));

        Assert.EndsWith("-1", composite.Xml.Element("ChecksumSHA256")!.Value, StringComparison.Ordinal);
        Assert.Equal(("COMPOSITE", "FULL_OBJECT"), (composite.Xml.Element("ChecksumType")!.Value, full.Xml.Element("ChecksumType")!.Value));
        Assert.Equal("y/Q5Jg==", full.Xml.Element("ChecksumCRC32")!.Value);
    }

    internal static async Task<string> StartAsync(S3Client s3, params (string Name, string Value)[] headers) =>
        (await s3.SendAsync("POST", "/bucket/k?uploads", [], headers)).Xml.Element("UploadId")!.Value;

    private static async Task<string> PartAsync(S3Client s3, string id, int number, byte[] content) =>
        (await s3.SendAsync("PUT", $"/bucket/k?uploadId={id}&partNumber={number}", content))["ETag"]!;

    private static Task<S3Response> CompleteAsync(S3Client s3, string id, params (int Number, string ETag)[] parts) => CompleteAsync(s3, id, [], parts);

    private static Task<S3Response> CompleteAsync(S3Client s3, string id, (string Name, string Value)[] headers, params (int Number, string ETag)[] parts)
    {
        var xml = new XElement("CompleteMultipartUpload", parts.Select(part => new XElement("Part", new XElement("PartNumber", part.Number), new XElement("ETag", part.ETag))));
        return s3.SendAsync("POST", $"/bucket/k?uploadId={id}", System.Text.Encoding.UTF8.GetBytes(xml.ToString()), headers);
    }
}
