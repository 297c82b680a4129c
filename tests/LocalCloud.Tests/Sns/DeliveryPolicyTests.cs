using System.Text.Json.Nodes;
using LocalCloud.Http;
using LocalCloud.Sns.Delivery;

namespace LocalCloud.Tests.Sns;

public class DeliveryPolicyTests
{
    [Theory]
    [InlineData("linear", "10 20 30 40 50")]
    [InlineData("arithmetic", "10 14 22 34 50")]
    [InlineData("geometric", "10 14.95 22.36 33.44 50")]
    [InlineData("exponential", "10 12.67 18 28.67 50")]
    public void The_four_phases_follow_each_other_and_the_backoff_leads_from_the_shortest_delay_to_the_longest(string function, string backoff)
    {
        var policy = new RetryPolicy(Retries: 10, MinDelay: 10, MaxDelay: 50, NoDelayRetries: 1, MinDelayRetries: 2, MaxDelayRetries: 2, Backoff: function);

        var delays = Enumerable.Range(0, 10).Select(attempt => Math.Round(policy.DelayBefore(attempt).TotalSeconds, 2).ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal($"0 10 10 {backoff} 50 50", string.Join(' ', delays));
    }

    [Theory]
    [InlineData("""{"healthyRetryPolicy":{"numRetries":101}}""")]
    [InlineData("""{"healthyRetryPolicy":{"minDelayTarget":0}}""")]
    [InlineData("""{"healthyRetryPolicy":{"minDelayTarget":30}}""")]
    [InlineData("""{"healthyRetryPolicy":{"maxDelayTarget":3601}}""")]
    [InlineData("""{"healthyRetryPolicy":{"numRetries":"3"}}""")]
    [InlineData("""{"healthyRetryPolicy":{"numRetries":3,"numNoDelayRetries":4}}""")]
    [InlineData("""{"healthyRetryPolicy":{"backoffFunction":"random"}}""")]
    [InlineData("""{"healthyRetryPolicy":{"minDelayTarget":60,"maxDelayTarget":60,"numRetries":61}}""")]
    [InlineData("""{"healthyRetryPolicy":3}""")]
    [InlineData("""{"throttlePolicy":{"maxReceivesPerSecond":0}}""")]
    [InlineData("""{"requestPolicy":{"headerContentType":"image/png"}}""")]
    [InlineData("""{"requestPolicy":{"headerContentType":"text/plain\r\nx: y"}}""")]
    [InlineData("""{"requestPolicy":{"headerContentType":"\ud800"}}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"healthyRetryPolicy":{"numRetries":1,"numRetries":2}}""")]
    [InlineData("""{"healthyRetryPolicy":{"\ud800":1}}""")]
    public void A_policy_out_of_range_is_refused(string policy) =>
        Assert.Equal("InvalidParameter", Assert.Throws<ServiceException>(() => DeliveryPolicy.CheckOfSubscription(policy, raw: true)).Code);

    [Fact]
    public void The_policy_of_the_guide_is_accepted() => DeliveryPolicy.CheckOfSubscription(
        """{"healthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":60,"numRetries":50,"numNoDelayRetries":3,"numMinDelayRetries":2,"numMaxDelayRetries":35,"backoffFunction":"exponential"},"throttlePolicy":{"maxReceivesPerSecond":10},"requestPolicy":{"headerContentType":"application/json"}}""",
        raw: false);

    [Fact]
    public async Task The_effective_policy_takes_each_part_from_the_subscription_else_the_topic_else_aws()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("events", ("DeliveryPolicy", """{"http":{"defaultHealthyRetryPolicy":{"numRetries":7},"defaultThrottlePolicy":{"maxReceivesPerSecond":5}}}"""));
        var subscription = await SubscribeAsync(cloud, topic, """{"healthyRetryPolicy":{"numRetries":1}}""");

        var own = await EffectiveAsync(cloud, subscription);
        await cloud.SnsAsync(
            "SetTopicAttributes", ("TopicArn", topic), ("AttributeName", "DeliveryPolicy"),
            ("AttributeValue", """{"http":{"defaultHealthyRetryPolicy":{"numRetries":7},"disableSubscriptionOverrides":true}}"""));
        var overridden = await EffectiveAsync(cloud, subscription);

        Assert.Equal((1, 5, "text/plain; charset=UTF-8"), ((int)own["healthyRetryPolicy"]!["numRetries"]!, (int)own["throttlePolicy"]!["maxReceivesPerSecond"]!, (string)own["requestPolicy"]!["headerContentType"]!));
        Assert.Equal(7, (int)overridden["healthyRetryPolicy"]!["numRetries"]!);
        Assert.Null(overridden["throttlePolicy"]);
    }

    private static async Task<string> SubscribeAsync(TestCloud cloud, string topic, string policy) => (await cloud.SnsAsync(
        "Subscribe",
        [("TopicArn", topic), ("Protocol", "https"), ("Endpoint", "https://127.0.0.1:1/"), ("ReturnSubscriptionArn", "true"), .. TestCloud.Entries(("DeliveryPolicy", policy))]))
        .Descendants("SubscriptionArn").Single().Value;

    private static async Task<JsonNode> EffectiveAsync(TestCloud cloud, string subscription) => JsonNode.Parse(
        (await cloud.SnsAsync("GetSubscriptionAttributes", ("SubscriptionArn", subscription))).Descendants("entry").Single(entry => entry.Element("key")!.Value == "EffectiveDeliveryPolicy").Element("value")!.Value)!;
}
