namespace LocalCloud.Tests.S3;

public class ConditionTests
{
    [Fact]
    public async Task A_conditional_put_does_not_overwrite()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        Assert.Equal(200, (await s3.PutAsync("/bucket/k", "1", ("If-None-Match", "*"))).Status);
        Assert.Equal((412, "PreconditionFailed"), (await s3.PutAsync("/bucket/k", "2", ("If-None-Match", "*"))).Error);
        Assert.Equal("1", (await s3.GetAsync("/bucket/k")).Text);
        await s3.SendAsync("DELETE", "/bucket/k");
        Assert.Equal(200, (await s3.PutAsync("/bucket/k", "3", ("If-None-Match", "*"))).Status);
    }

    [Fact]
    public async Task Of_many_conditional_puts_one_succeeds()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => s3.PutAsync("/bucket/k", $"{i}", ("If-None-Match", "*"))));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(19, answers.Count(answer => answer.Status == 412));
    }

    [Fact]
    public async Task A_write_or_delete_with_another_entity_tag_is_refused()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var tag = (await s3.PutAsync("/bucket/k", "1"))["ETag"]!;

        Assert.Equal((412, "PreconditionFailed"), (await s3.PutAsync("/bucket/k", "2", ("If-Match", "\"other\""))).Error);
        Assert.Equal((412, "PreconditionFailed"), (await s3.SendAsync("DELETE", "/bucket/k", null, ("If-Match", "\"other\""))).Error);
        Assert.Equal((404, "NoSuchKey"), (await s3.PutAsync("/bucket/nothing", "2", ("If-Match", tag))).Error);
        Assert.Equal((501, "NotImplemented"), (await s3.PutAsync("/bucket/k", "2", ("If-None-Match", tag))).Error);
        Assert.Equal(200, (await s3.PutAsync("/bucket/k", "2", ("If-Match", tag))).Status);
        Assert.Equal(204, (await s3.SendAsync("DELETE", "/bucket/k", null, ("If-Match", "*"))).Status);
    }

    [Theory]
    [InlineData(304, "If-None-Match", "\"5d41402abc4b2a76b9719d911017c592\"")]
    [InlineData(304, "If-None-Match", "*")]
    [InlineData(200, "If-None-Match", "\"other\"")]
    [InlineData(304, "If-Modified-Since", "Fri, 20 Nov 2026 12:00:00 GMT")]
    [InlineData(200, "If-Modified-Since", "Fri, 20 Nov 2026 11:59:59 GMT")]
    [InlineData(412, "If-Match", "\"other\"")]
    [InlineData(200, "If-Match", "\"5d41402abc4b2a76b9719d911017c592\"")]
    [InlineData(412, "If-Unmodified-Since", "Fri, 20 Nov 2026 11:59:59 GMT")]
    [InlineData(200, "If-Unmodified-Since", "Fri, 20 Nov 2026 12:00:00 GMT")]
    public async Task A_read_is_answered_by_its_conditions(int status, string header, string value)
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/k", "hello");

        var get = await s3.GetAsync("/bucket/k", (header, value));

        Assert.Equal(status, get.Status);
        Assert.Equal(status == 304, get.Body.Length == 0);
        Assert.Equal(status, (await s3.SendAsync("HEAD", "/bucket/k", null, (header, value))).Status);
    }

    [Fact]
    public async Task Entity_tags_decide_before_times()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var tag = (await s3.PutAsync("/bucket/k", "hello"))["ETag"]!;

        Assert.Equal(200, (await s3.GetAsync("/bucket/k", ("If-Match", tag), ("If-Unmodified-Since", "Fri, 20 Nov 2020 12:00:00 GMT"))).Status);
        Assert.Equal(200, (await s3.GetAsync("/bucket/k", ("If-None-Match", "\"other\""), ("If-Modified-Since", "Fri, 20 Nov 2026 12:00:00 GMT"))).Status);
    }
}
