namespace LocalCloud.Tests.S3;

public class ListingTests
{
    [Fact]
    public async Task Keys_come_in_the_order_of_their_bytes()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        foreach (var key in new[] { "b", "a", "B", "a/b", "a.b", "\uFFFD", "😀", "ü" })
        {
            await s3.PutAsync("/bucket/" + Uri.EscapeDataString(key), "");
        }

        Assert.Equal(["B", "a", "a.b", "a/b", "b", "ü", "\uFFFD", "😀"], await s3.KeysAsync("/bucket?list-type=2"));
    }

    [Theory]
    [InlineData("list-type=2&", "continuation-token", "NextContinuationToken")]
    [InlineData("", "marker", "NextMarker")]
    public async Task Pages_with_a_delimiter_give_everything_once(string version, string parameter, string next)
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        foreach (var key in new[] { "a/1", "a/2", "b", "c/1", "c/d/2", "e", "f/1" })
        {
            await s3.PutAsync("/bucket/" + key, "x");
        }

        List<string> seen = [];
        string? token = null;
        do
        {
            var page = (await s3.GetAsync($"/bucket?{version}delimiter=%2F&max-keys=2" + (token is null ? "" : $"&{parameter}={Uri.EscapeDataString(token)}"))).Xml;
            seen.AddRange(page.Elements("CommonPrefixes").Select(prefix => prefix.Value).Concat(page.Elements("Contents").Select(item => item.Element("Key")!.Value)).Order(StringComparer.Ordinal));
            token = page.Element(next)?.Value;
            Assert.Equal(token is not null ? "true" : "false", page.Element("IsTruncated")!.Value);
        }
        while (token is not null);

        Assert.Equal(["a/", "b", "c/", "e", "f/"], seen);
    }

    [Fact]
    public async Task Prefix_start_and_encoding_are_honoured()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        foreach (var key in new[] { "p/a%20b", "p/c", "p/d", "q" })
        {
            await s3.PutAsync("/bucket/" + key, "x");
        }

        Assert.Equal(["p/a+b", "p/c", "p/d"], await s3.KeysAsync("/bucket?list-type=2&prefix=p%2F&encoding-type=url"));
        Assert.Equal(["p/d", "q"], await s3.KeysAsync("/bucket?list-type=2&start-after=p%2Fc"));
        Assert.Empty(await s3.KeysAsync("/bucket?list-type=2&max-keys=0"));
        Assert.Equal(4, (await s3.GetAsync("/bucket?list-type=2&fetch-owner=true")).Xml.Descendants("Owner").Count());
        Assert.Empty((await s3.GetAsync("/bucket?list-type=2")).Xml.Descendants("Owner"));
    }

    [Theory]
    [InlineData("max-keys=-1")]
    [InlineData("max-keys=x")]
    [InlineData("encoding-type=x")]
    [InlineData("list-type=2&continuation-token=%21")]
    public async Task A_bad_parameter_is_refused(string query)
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        Assert.Equal((400, "InvalidArgument"), (await s3.GetAsync("/bucket?" + query)).Error);
    }
}
