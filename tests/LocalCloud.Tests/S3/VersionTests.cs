namespace LocalCloud.Tests.S3;

public class VersionTests
{
    private const string Enabled = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
    private const string Suspended = "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";

    [Fact]
    public async Task A_versioned_bucket_keeps_what_was_overwritten_and_deleted()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/k", "0");
        await s3.PutAsync("/bucket?versioning", Enabled);
        var first = (await s3.PutAsync("/bucket/k", "1"))["x-amz-version-id"];
        await s3.PutAsync("/bucket/k", "2");

        var marker = await s3.SendAsync("DELETE", "/bucket/k");
        var hidden = await s3.GetAsync("/bucket/k");
        var versions = (await s3.GetAsync("/bucket?versions")).Xml;

        Assert.Equal((204, "true"), (marker.Status, marker["x-amz-delete-marker"]));
        Assert.Equal((404, "NoSuchKey"), hidden.Error);
        Assert.Equal("true", hidden["x-amz-delete-marker"]);
        Assert.Equal("1", (await s3.GetAsync($"/bucket/k?versionId={first}")).Text);
        Assert.Equal("0", (await s3.GetAsync("/bucket/k?versionId=null")).Text);
        Assert.Equal((405, "MethodNotAllowed"), (await s3.GetAsync($"/bucket/k?versionId={marker["x-amz-version-id"]}")).Error);
        Assert.Equal((3, 1), (versions.Elements("Version").Count(), versions.Elements("DeleteMarker").Count()));
        Assert.Equal("true", versions.Element("DeleteMarker")!.Element("IsLatest")!.Value);
        Assert.Empty(await s3.KeysAsync("/bucket"));
        Assert.Equal((409, "BucketNotEmpty"), (await s3.SendAsync("DELETE", "/bucket")).Error);
    }

    [Fact]
    public async Task Deleting_the_marker_brings_the_object_back_and_deleting_a_version_is_for_good()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket?versioning", Enabled);
        await s3.PutAsync("/bucket/k", "1");
        var second = (await s3.PutAsync("/bucket/k", "2"))["x-amz-version-id"];
        var marker = (await s3.SendAsync("DELETE", "/bucket/k"))["x-amz-version-id"];

        var removed = await s3.SendAsync("DELETE", $"/bucket/k?versionId={marker}");

        Assert.Equal(("true", marker), (removed["x-amz-delete-marker"], removed["x-amz-version-id"]));
        Assert.Equal("2", (await s3.GetAsync("/bucket/k")).Text);
        await s3.SendAsync("DELETE", $"/bucket/k?versionId={second}");
        Assert.Equal("1", (await s3.GetAsync("/bucket/k")).Text);
        Assert.Equal((404, "NoSuchVersion"), (await s3.GetAsync($"/bucket/k?versionId={second}")).Error);
    }

    [Fact]
    public async Task A_suspended_bucket_has_one_version_without_an_id_and_keeps_the_others()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket?versioning", Enabled);
        var kept = (await s3.PutAsync("/bucket/k", "1"))["x-amz-version-id"];
        await s3.PutAsync("/bucket?versioning", Suspended);

        await s3.PutAsync("/bucket/k", "2");
        Assert.Equal("null", (await s3.PutAsync("/bucket/k", "3"))["x-amz-version-id"]);

        Assert.Equal(2, (await s3.GetAsync("/bucket?versions")).Xml.Elements("Version").Count());
        Assert.Equal("null", (await s3.SendAsync("DELETE", "/bucket/k"))["x-amz-version-id"]);
        Assert.Equal("1", (await s3.GetAsync($"/bucket/k?versionId={kept}")).Text);
        Assert.Single((await s3.GetAsync("/bucket?versions")).Xml.Elements("Version"));
    }

    [Fact]
    public async Task Pages_of_versions_give_everything_once()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket?versioning", Enabled);
        foreach (var key in new[] { "a", "a", "a", "b", "b" })
        {
            await s3.PutAsync("/bucket/" + key, "x");
        }

        List<string> seen = [];
        var query = "";
        for (var page = 0; page < 3; page++)
        {
            var xml = (await s3.GetAsync("/bucket?versions&max-keys=2" + query)).Xml;
            seen.AddRange(xml.Elements("Version").Select(version => version.Element("Key")!.Value + version.Element("VersionId")!.Value));
            query = $"&key-marker={xml.Element("NextKeyMarker")?.Value}&version-id-marker={xml.Element("NextVersionIdMarker")?.Value}";
        }

        Assert.Equal((5, 5), (seen.Count, seen.Distinct().Count()));
    }
}
