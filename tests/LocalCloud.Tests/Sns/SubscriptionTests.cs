using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LocalCloud.Tests.Sns;

public partial class SubscriptionTests
{
    [Fact]
    public async Task A_mail_address_confirms_by_the_link_in_its_mail_and_then_gets_messages()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("alarms");
        await MailAsync(cloud, topic, "email");
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "too early"));
        await cloud.Client.GetAsync(LinkIn(cloud), TestContext.Current.CancellationToken);

        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "fire"), ("Subject", "Alarm"));

        Assert.Equal(2, cloud.Mailbox.Mails.Count);
        Assert.Equal(("Alarm", "desk@example.com"), (cloud.Mailbox.Mails[1].Subject, Assert.Single(cloud.Mailbox.Mails[1].To)));
        Assert.StartsWith("fire\n", cloud.Mailbox.Mails[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_in_json_is_the_signed_document()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("alarms");
        await MailAsync(cloud, topic, "email-json");
        var question = JsonNode.Parse(cloud.Mailbox.Mails[0].Text!)!;
        await cloud.SnsAsync("ConfirmSubscription", ("TopicArn", topic), ("Token", (string)question["Token"]!));
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "fire"));

        await Signatures.VerifyAsync(cloud, cloud.Mailbox.Mails[0].Text!);
        await Signatures.VerifyAsync(cloud, cloud.Mailbox.Mails[1].Text!);
    }

    [Fact]
    public async Task Subscribing_again_asks_again_and_voids_the_older_token()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("alarms");
        await MailAsync(cloud, topic, "email");
        var first = TokenIn(cloud);
        await MailAsync(cloud, topic, "email");

        Assert.Equal(2, cloud.Mailbox.Mails.Count);
        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("ConfirmSubscription", ("TopicArn", topic), ("Token", first)));
        await cloud.SnsAsync("ConfirmSubscription", ("TopicArn", topic), ("Token", TokenIn(cloud)));
        await MailAsync(cloud, topic, "email");
        Assert.Equal(2, cloud.Mailbox.Mails.Count);
    }

    [Fact]
    public async Task A_token_is_good_for_two_days()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("alarms");
        await MailAsync(cloud, topic, "email");
        cloud.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("ConfirmSubscription", ("TopicArn", topic), ("Token", TokenIn(cloud))));
    }

    [Fact]
    public async Task The_older_scope_of_a_policy_is_checked_with_the_new_one()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var topic = await cloud.CreateTopicAsync("events");
        var subscription = await cloud.SubscribeAsync(topic, queue, ("FilterPolicyScope", "MessageBody"), ("FilterPolicy", """{"a":{"b":["c"]}}"""));

        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync(
            "SetSubscriptionAttributes", ("SubscriptionArn", subscription), ("AttributeName", "FilterPolicyScope"), ("AttributeValue", "MessageAttributes")));
    }

    [Theory]
    [InlineData("email", "desk@example.com", "RawMessageDelivery", "true")]
    [InlineData("email", "desk@example.com", "DeliveryPolicy", "{}")]
    [InlineData("sqs", "arn:aws:sqs:us-east-1:000000000000:q", "DeliveryPolicy", "{}")]
    [InlineData("sqs", "arn:aws:sqs:us-east-1:000000000000:q", "RedrivePolicy", "{}")]
    [InlineData("sqs", "arn:aws:sqs:us-east-1:000000000000:q", "RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:000000000000:q"}""")]
    [InlineData("sqs", "arn:aws:sqs:us-east-1:000000000000:q", "FilterPolicyScope", "Body")]
    [InlineData("sqs", "arn:aws:sqs:us-east-1:000000000000:q", "ReplayPolicy", """{"PointType":"Timestamp","StartingPoint":"2026-11-20T00:00:00Z"}""")]
    [InlineData("sqs", "arn:aws:sqs:us-east-1:000000000000:q", "Nope", "x")]
    [InlineData("sms", "+15555550100", "FilterPolicy", "{}")]
    public async Task An_attribute_or_protocol_that_does_not_fit_is_refused(string protocol, string endpoint, string name, string value)
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("events");

        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("Subscribe", [("TopicArn", topic), ("Protocol", protocol), ("Endpoint", endpoint), .. TestCloud.Entries((name, value))]));
    }

    [Fact]
    public async Task A_topic_has_two_hundred_filter_policies_at_most()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("events");
        for (var i = 0; i < 200; i++)
        {
            await cloud.SubscribeAsync(topic, $"http://x/q{i}", ("FilterPolicy", """{"a":["b"]}"""));
        }

        Assert.Equal("FilterPolicyLimitExceeded", await cloud.SnsErrorAsync(
            "Subscribe", [("TopicArn", topic), ("Protocol", "sqs"), ("Endpoint", "arn:aws:sqs:us-east-1:000000000000:last"), .. TestCloud.Entries(("FilterPolicy", """{"a":["b"]}"""))]));
        await cloud.SubscribeAsync(topic, "http://x/last");
    }

    [Fact]
    public async Task A_topic_of_large_messages_delivers_to_queues_only()
    {
        await using var cloud = await TestCloud.StartAsync();
        var large = await cloud.CreateTopicAsync("large", ("MaximumMessageSize", "1048576"));
        var small = await cloud.CreateTopicAsync("small");
        await MailAsync(cloud, small, "email");

        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("Subscribe", ("TopicArn", large), ("Protocol", "http"), ("Endpoint", "http://127.0.0.1:1/")));
        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("SetTopicAttributes", ("TopicArn", small), ("AttributeName", "MaximumMessageSize"), ("AttributeValue", "1048576")));
    }

    [Fact]
    public async Task A_subscription_confirmed_with_authenticate_on_unsubscribe_is_not_ended_by_its_link()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("alarms");
        await MailAsync(cloud, topic, "email");
        var subscription = (await SignedAsync(cloud, $"Action=ConfirmSubscription&TopicArn={topic}&Token={TokenIn(cloud)}&AuthenticateOnUnsubscribe=true")).Descendants().Single(e => e.Name.LocalName == "SubscriptionArn").Value;

        using var link = await cloud.Client.GetAsync(new Uri(cloud.Endpoint, $"/?Action=Unsubscribe&SubscriptionArn={subscription}"), TestContext.Current.CancellationToken);
        Assert.Equal(403, (int)link.StatusCode);
        await SignedAsync(cloud, $"Action=Unsubscribe&SubscriptionArn={subscription}");
        Assert.Equal("NotFound", await cloud.SnsErrorAsync("GetSubscriptionAttributes", ("SubscriptionArn", subscription)));
    }

    private static async Task<XElement> SignedAsync(TestCloud cloud, string form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, cloud.Endpoint) { Content = new StringContent(form + "&Version=2010-03-31", null, "application/x-www-form-urlencoded") };
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=test/20261120/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=00");
        using var answer = await cloud.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return XElement.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static Task<XElement> MailAsync(TestCloud cloud, string topic, string protocol) =>
        cloud.SnsAsync("Subscribe", ("TopicArn", topic), ("Protocol", protocol), ("Endpoint", "desk@example.com"));

    private static Uri LinkIn(TestCloud cloud) => new(Link().Match(cloud.Mailbox.Mails[^1].Text!).Value);

    private static string TokenIn(TestCloud cloud) => LinkIn(cloud).Query.Split("Token=")[1];

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Link();
}
