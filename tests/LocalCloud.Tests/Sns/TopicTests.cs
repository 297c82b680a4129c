namespace LocalCloud.Tests.Sns;

public class TopicTests
{
    [Fact]
    public async Task Creating_a_topic_again_gives_the_same_one_unless_an_attribute_differs()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("events", ("DisplayName", "d"));

        Assert.Equal(topic, await cloud.CreateTopicAsync("events", ("DisplayName", "d")));
        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("CreateTopic", [("Name", "events"), .. TestCloud.Entries(("DisplayName", "e"))]));
    }

    [Fact]
    public async Task A_deleted_topic_is_not_found_and_its_subscriptions_are_gone()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var topic = await cloud.CreateTopicAsync("events");
        var subscription = await cloud.SubscribeAsync(topic, queue);

        await cloud.SnsAsync("DeleteTopic", ("TopicArn", topic));
        await cloud.SnsAsync("DeleteTopic", ("TopicArn", topic));

        Assert.Equal("NotFound", await cloud.SnsErrorAsync("Publish", ("TopicArn", topic), ("Message", "x")));
        Assert.Equal("NotFound", await cloud.SnsErrorAsync("GetSubscriptionAttributes", ("SubscriptionArn", subscription)));
    }

    [Fact]
    public async Task Topics_are_listed_a_hundred_at_a_time()
    {
        await using var cloud = await TestCloud.StartAsync();
        for (var i = 0; i < 101; i++)
        {
            await cloud.CreateTopicAsync($"t{i:000}");
        }

        var first = await cloud.SnsAsync("ListTopics");
        var second = await cloud.SnsAsync("ListTopics", ("NextToken", first.Descendants("NextToken").Single().Value));

        Assert.Equal((100, 1), (first.Descendants("TopicArn").Count(), second.Descendants("TopicArn").Count()));
        Assert.Empty(second.Descendants("NextToken"));
    }

    [Fact]
    public async Task Tags_and_permissions_are_kept_and_removed_by_name()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("events");
        await cloud.SnsAsync("TagResource", ("ResourceArn", topic), ("Tags.member.1.Key", "a"), ("Tags.member.1.Value", "1"), ("Tags.member.2.Key", "b"), ("Tags.member.2.Value", "2"));
        await cloud.SnsAsync("UntagResource", ("ResourceArn", topic), ("TagKeys.member.1", "a"));
        await cloud.SnsAsync("AddPermission", ("TopicArn", topic), ("Label", "partner"), ("AWSAccountId.member.1", "111111111111"), ("ActionName.member.1", "Publish"));

        var tags = await cloud.SnsAsync("ListTagsForResource", ("ResourceArn", topic));
        var attributes = await cloud.SnsAsync("GetTopicAttributes", ("TopicArn", topic));

        Assert.Equal("b", Assert.Single(tags.Descendants("Key")).Value);
        Assert.Contains("SNS:Publish", attributes.Descendants("entry").Single(entry => entry.Element("key")!.Value == "Policy").Element("value")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_protection_policy_is_kept()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("events");
        await cloud.SnsAsync("PutDataProtectionPolicy", ("ResourceArn", topic), ("DataProtectionPolicy", """{"Name":"p"}"""));

        var answer = await cloud.SnsAsync("GetDataProtectionPolicy", ("ResourceArn", topic));

        Assert.Equal("""{"Name":"p"}""", answer.Descendants("DataProtectionPolicy").Single().Value);
        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("PutDataProtectionPolicy", ("ResourceArn", topic), ("DataProtectionPolicy", "x")));
    }

    [Theory]
    [InlineData("DeleteTopic", "InvalidParameter")]
    [InlineData("GetTopicAttributes", "InvalidParameter")]
    public async Task An_arn_that_is_none_is_refused(string action, string code)
    {
        await using var cloud = await TestCloud.StartAsync();

        Assert.Equal(code, await cloud.SnsErrorAsync(action, ("TopicArn", "events")));
    }

    [Fact]
    public async Task A_permission_for_an_action_that_sns_does_not_have_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("events");

        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync(
            "AddPermission", ("TopicArn", topic), ("Label", "l"), ("AWSAccountId.member.1", "111111111111"), ("ActionName.member.1", "Nope")));
    }

    [Theory]
    [InlineData("aws:x", "1", "InvalidParameter")]
    [InlineData("k", null, "InvalidParameter")]
    public async Task A_bad_tag_is_refused(string key, string? value, string code)
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("events");

        Assert.Equal(code, await cloud.SnsErrorAsync("TagResource", ("ResourceArn", topic), ("Tags.member.1.Key", key), ("Tags.member.1.Value", value ?? new string('v', 257))));
    }

    [Theory]
    [InlineData("SetSMSAttributes")]
    [InlineData("CreatePlatformApplication")]
    [InlineData("Nope")]
    public async Task An_operation_that_is_not_emulated_says_so(string action)
    {
        await using var cloud = await TestCloud.StartAsync();

        Assert.Equal("InvalidAction", await cloud.SnsErrorAsync(action));
    }

    [Theory]
    [InlineData("SignatureVersion", "3")]
    [InlineData("TracingConfig", "Sometimes")]
    [InlineData("DeliveryPolicy", """{"http":{"defaultHealthyRetryPolicy":{"numRetries":101}}}""")]
    [InlineData("ContentBasedDeduplication", "true")]
    [InlineData("Nope", "x")]
    public async Task A_bad_topic_attribute_is_refused(string name, string value)
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("events");

        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("SetTopicAttributes", ("TopicArn", topic), ("AttributeName", name), ("AttributeValue", value)));
    }

    [Fact]
    public async Task A_pending_subscription_hides_its_arn()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("alarms");

        var answer = await cloud.SnsAsync("Subscribe", ("TopicArn", topic), ("Protocol", "email"), ("Endpoint", "desk@example.com"));
        var list = await cloud.SnsAsync("ListSubscriptionsByTopic", ("TopicArn", topic));

        Assert.Equal("pending confirmation", answer.Descendants("SubscriptionArn").Single().Value);
        Assert.Equal("PendingConfirmation", list.Descendants("SubscriptionArn").Single().Value);
    }

    [Fact]
    public async Task A_subscription_nobody_confirms_is_gone_after_three_days()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("alarms");
        await cloud.SnsAsync("Subscribe", ("TopicArn", topic), ("Protocol", "email"), ("Endpoint", "desk@example.com"));

        cloud.Time.Advance(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        Assert.Single((await cloud.SnsAsync("ListSubscriptionsByTopic", ("TopicArn", topic))).Descendants("member"));
        cloud.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty((await cloud.SnsAsync("ListSubscriptionsByTopic", ("TopicArn", topic))).Descendants("member"));
    }
}
