using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Sns;

public class ArchiveTests
{
    [Fact]
    public async Task A_new_subscription_gets_what_the_archive_holds_of_the_time_it_asks_for()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("late.fifo", new() { ["FifoQueue"] = "true" });
        var topic = await TopicAsync(cloud);
        foreach (var message in new[] { "early", "a", "b", "late" })
        {
            await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", message), ("MessageGroupId", "g"));
            cloud.Time.Advance(TimeSpan.FromMinutes(10));
        }

        var subscription = await cloud.SubscribeAsync(
            topic, queue, ("ReplayPolicy", """{"PointType":"Timestamp","StartingPoint":"2026-11-20T12:05:00.000Z","EndingPoint":"2026-11-20T12:25:00.000Z"}"""));

        var envelopes = (await cloud.BodiesAsync(queue)).Select(body => JsonNode.Parse(body)!).ToArray();
        Assert.Equal(["a", "b"], envelopes.Select(envelope => (string)envelope["Message"]!));
        Assert.All(envelopes, envelope => Assert.Equal("true", (string)envelope["Replayed"]!));
        Assert.Equal("2026-11-20T12:10:00.000Z", (string)envelopes[0]["Timestamp"]!);
        Assert.Contains("Completed", (await cloud.SnsAsync("GetSubscriptionAttributes", ("SubscriptionArn", subscription))).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_older_than_the_retention_period_cannot_be_replayed()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("late.fifo", new() { ["FifoQueue"] = "true" });
        var topic = await TopicAsync(cloud);
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "old"), ("MessageGroupId", "g"));
        cloud.Time.Advance(TimeSpan.FromDays(2));
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "new"), ("MessageGroupId", "g"));

        await cloud.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"), ("ReplayPolicy", """{"PointType":"Timestamp","StartingPoint":"2026-11-20T00:00:00Z"}"""));

        Assert.Equal(["new"], await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_topic_with_an_archive_is_deleted_only_after_that_was_closed()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await TopicAsync(cloud);

        Assert.Equal("InvalidState", await cloud.SnsErrorAsync("DeleteTopic", ("TopicArn", topic)));
        await cloud.SnsAsync("SetTopicAttributes", ("TopicArn", topic), ("AttributeName", "ArchivePolicy"), ("AttributeValue", "{}"));
        await cloud.SnsAsync("DeleteTopic", ("TopicArn", topic));
    }

    [Theory]
    [InlineData("""{"MessageRetentionPeriod":0}""")]
    [InlineData("""{"MessageRetentionPeriod":"366"}""")]
    [InlineData("""{"Days":1}""")]
    [InlineData("x")]
    public async Task A_bad_archive_policy_is_refused(string policy)
    {
        await using var cloud = await TestCloud.StartAsync();

        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("CreateTopic", [("Name", "t.fifo"), .. TestCloud.Entries(("FifoTopic", "true"), ("ArchivePolicy", policy))]));
    }

    private static Task<string> TopicAsync(TestCloud cloud) => cloud.CreateTopicAsync(
        "ledger.fifo", ("FifoTopic", "true"), ("ContentBasedDeduplication", "true"), ("ArchivePolicy", """{"MessageRetentionPeriod":"1"}"""));
}
