namespace LocalCloud.Tests.S3;

public class LifecycleTests
{
    [Fact]
    public async Task An_object_expires_at_the_midnight_after_its_days_are_over()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await SetAsync(s3, "<Filter><Prefix>tmp/</Prefix></Filter><Status>Enabled</Status><Expiration><Days>2</Days></Expiration>");
        await s3.PutAsync("/bucket/kept", "x");

        var put = await s3.PutAsync("/bucket/tmp/a", "x");

        Assert.Equal("expiry-date=\"Mon, 23 Nov 2026 00:00:00 GMT\", rule-id=\"r\"", put["x-amz-expiration"]);
        cloud.Time.Advance(new DateTimeOffset(2026, 11, 22, 23, 59, 59, TimeSpan.Zero) - cloud.Time.GetUtcNow());
        Assert.Equal(["kept", "tmp/a"], await s3.KeysAsync("/bucket"));
        cloud.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["kept"], await s3.KeysAsync("/bucket"));
    }

    [Fact]
    public async Task A_rule_with_tags_is_for_objects_that_have_them_all()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await SetAsync(s3, "<Filter><And><Prefix>k</Prefix><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value>2</Value></Tag></And></Filter><Status>Enabled</Status><Expiration><Days>1</Days></Expiration>");
        await s3.PutAsync("/bucket/k1", "x", ("x-amz-tagging", "a=1&b=2"));
        await s3.PutAsync("/bucket/k2", "x", ("x-amz-tagging", "a=1"));

        cloud.Time.Advance(TimeSpan.FromDays(3));

        Assert.Equal(["k2"], await s3.KeysAsync("/bucket"));
    }

    [Fact]
    public async Task A_disabled_rule_does_nothing()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await SetAsync(s3, "<Filter/><Status>Disabled</Status><Expiration><Days>1</Days></Expiration>");
        await s3.PutAsync("/bucket/k", "x");

        cloud.Time.Advance(TimeSpan.FromDays(30));

        Assert.Equal(["k"], await s3.KeysAsync("/bucket"));
    }

    [Fact]
    public async Task An_upload_that_nobody_completes_is_aborted()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await SetAsync(s3, "<Filter/><Status>Enabled</Status><AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload>");
        var id = await UploadTests.StartAsync(s3);

        cloud.Time.Advance(TimeSpan.FromDays(3));

        Assert.Equal((404, "NoSuchUpload"), (await s3.GetAsync($"/bucket/k?uploadId={id}")).Error);
    }

    [Fact]
    public async Task In_a_versioned_bucket_expiry_hides_and_noncurrent_expiry_removes()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
        await SetAsync(s3, "<Filter/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration><NoncurrentVersionExpiration><NoncurrentDays>5</NoncurrentDays></NoncurrentVersionExpiration>");
        await s3.PutAsync("/bucket/k", "x");

        cloud.Time.Advance(TimeSpan.FromDays(2));
        var hidden = (await s3.GetAsync("/bucket?versions")).Xml;
        cloud.Time.Advance(TimeSpan.FromDays(6));
        var gone = (await s3.GetAsync("/bucket?versions")).Xml;

        Assert.Equal((1, 1), (hidden.Elements("Version").Count(), hidden.Elements("DeleteMarker").Count()));
        Assert.Empty(gone.Elements("Version"));
    }

    [Theory]
    [InlineData("<Filter/><Status>Enabled</Status><Expiration><Days>0</Days></Expiration>", "InvalidArgument")]
    [InlineData("<Filter/><Status>Enabled</Status>", "InvalidRequest")]
    [InlineData("<Status>Enabled</Status><Expiration><Days>1</Days></Expiration>", "MalformedXML")]
    [InlineData("<Filter/><Status>On</Status><Expiration><Days>1</Days></Expiration>", "MalformedXML")]
    [InlineData("<Filter/><Status>Enabled</Status><Expiration><Date>2027-01-01T05:00:00Z</Date></Expiration>", "InvalidArgument")]
    [InlineData("<Filter><Tag><Key>a</Key><Value>b</Value></Tag></Filter><Status>Enabled</Status><AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload>", "InvalidRequest")]
    public async Task A_rule_that_S3_would_not_take_is_refused(string rule, string code)
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        Assert.Equal((400, code), (await s3.PutAsync("/bucket?lifecycle", $"<LifecycleConfiguration><Rule>{rule}</Rule></LifecycleConfiguration>")).Error);
    }

    private static async Task SetAsync(S3Client s3, string rule) =>
        Assert.Equal(200, (await s3.PutAsync("/bucket?lifecycle", $"<LifecycleConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Rule><ID>r</ID>{rule}</Rule></LifecycleConfiguration>")).Status);
}
