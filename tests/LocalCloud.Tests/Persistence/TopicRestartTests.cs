using System.Text.Json.Nodes;
using System.Xml.Linq;
using LocalCloud.Tests.Sns;

namespace LocalCloud.Tests.Persistence;

public class TopicRestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Topics_and_subscriptions_keep_all_that_was_set(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("inbox");
        var topic = await it.Cloud.CreateTopicAsync("events", ("DisplayName", "Events"));
        var gone = await it.Cloud.CreateTopicAsync("gone");
        await it.Cloud.SubscribeAsync(gone, queue);
        await it.Cloud.SnsAsync("DeleteTopic", ("TopicArn", gone));
        await it.Cloud.SnsAsync("TagResource", ("ResourceArn", topic), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "red"));
        await it.Cloud.SnsAsync("Unsubscribe", ("SubscriptionArn", await it.Cloud.SubscribeAsync(topic, await it.Cloud.CreateQueueAsync("other"))));
        var subscription = await it.Cloud.SubscribeAsync(topic, queue, ("FilterPolicy", """{"kind":["wanted"]}"""), ("RawMessageDelivery", "true"));
        var before = await AllAsync(it.Cloud, topic, subscription);

        await (compacted ? it.CompactAndKillAsync() : it.KillAsync());

        Assert.Equal(before, await AllAsync(it.Cloud, topic, subscription));
        await PublishAsync(it.Cloud, topic, "yes", "wanted");
        await PublishAsync(it.Cloud, topic, "no", "other");
        Assert.Equal(["yes"], await it.Cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_fifo_topic_remembers_for_five_minutes_what_was_published()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("inbox.fifo", new() { ["FifoQueue"] = "true" });
        var topic = await it.Cloud.CreateTopicAsync("events.fifo", ("FifoTopic", "true"));
        await it.Cloud.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"));
        var first = await PublishFifoAsync("one", "id-1");
        await it.Cloud.DeleteAsync(queue, Assert.Single(await it.Cloud.ReceiveAsync(queue)));

        await it.CompactAndKillAsync();

        Assert.Equal(first, await PublishFifoAsync("one", "id-1"));
        var next = await PublishFifoAsync("two", "id-2");
        Assert.True(ulong.Parse(next.Number, null) > ulong.Parse(first.Number, null));
        Assert.Equal(["two"], await it.Cloud.BodiesAsync(queue));

        async Task<(string Id, string Number)> PublishFifoAsync(string message, string id)
        {
            var answer = await it.Cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", message), ("MessageGroupId", "a"), ("MessageDeduplicationId", id));
            return (answer.Descendants("MessageId").Single().Value, answer.Descendants("SequenceNumber").Single().Value);
        }
    }

    [Fact]
    public async Task A_pending_subscription_is_confirmed_after_the_restart_with_the_token_it_got_before()
    {
        await using var it = await PersistentCloud.StartAsync();
        await using var hook = await Hook.StartAsync();
        var topic = await it.Cloud.CreateTopicAsync("events");
        await it.Cloud.SnsAsync("Subscribe", ("TopicArn", topic), ("Protocol", "http"), ("Endpoint", hook.Url));
        var token = (string)JsonNode.Parse((await hook.NextAsync()).Body)!["Token"]!;

        await it.CompactAndKillAsync();
        await it.Cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "too early"));
        await it.Cloud.SnsAsync("ConfirmSubscription", ("TopicArn", topic), ("Token", token));
        await it.KillAsync();
        await it.Cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "now"));

        // The question may have been asked again: the process could have ended before it knew that it was answered.
        var request = await hook.NextAsync();
        while (request.Type != "Notification")
        {
            request = await hook.NextAsync();
        }

        Assert.Equal("now", (string)JsonNode.Parse(request.Body)!["Message"]!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_an_endpoint_has_not_got_yet_is_delivered_after_the_restart_and_what_it_got_is_not(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        await using var hook = await Hook.StartAsync();
        var topic = await it.Cloud.CreateTopicAsync("events");
        await it.Cloud.SnsAsync("Subscribe", ("TopicArn", topic), ("Protocol", "http"), ("Endpoint", hook.Url));
        var token = (string)JsonNode.Parse((await hook.NextAsync()).Body)!["Token"]!;
        await it.Cloud.SnsAsync("ConfirmSubscription", ("TopicArn", topic), ("Token", token));
        hook.Status = 500;
        await it.Cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "hi"));
        var refused = await hook.NextAsync();
        await it.Time.UntilSomebodyWaitsAsync();

        hook.Status = 200;
        await (compacted ? it.CompactAndKillAsync() : it.KillAsync());
        Assert.Equal(refused.Body, (await hook.NextAsync()).Body);

        await it.Cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "next"));
        Assert.Equal("next", (string)JsonNode.Parse((await hook.NextAsync()).Body)!["Message"]!);
    }

    [Fact]
    public async Task The_certificate_keeps_its_address_and_its_key()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("inbox");
        var topic = await it.Cloud.CreateTopicAsync("events");
        await it.Cloud.SubscribeAsync(topic, queue);
        var before = await SignedAsync();

        await it.CompactAndKillAsync();
        await it.KillAsync();

        var after = await SignedAsync();
        Assert.Equal(new Uri(before.Url).AbsolutePath, new Uri(after.Url).AbsolutePath);
        Assert.Equal(before.Pem, after.Pem);

        async Task<(string Url, string Pem)> SignedAsync()
        {
            await it.Cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "hi"));
            var message = Assert.Single(await it.Cloud.ReceiveAsync(queue));
            await it.Cloud.DeleteAsync(queue, message);
            var url = (string)JsonNode.Parse((string)message["Body"]!)!["SigningCertURL"]!;
            return (url, await it.Cloud.Client.GetStringAsync(new Uri(url), TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fifo_topic_replays_what_it_archived_before(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        var topic = await it.Cloud.CreateTopicAsync(
            "ledger.fifo", ("FifoTopic", "true"), ("ContentBasedDeduplication", "true"), ("ArchivePolicy", """{"MessageRetentionPeriod":"1"}"""));
        await PublishAsync("one");
        it.Time.Advance(TimeSpan.FromMinutes(10));
        await PublishAsync("two");
        var before = await BeginningAsync();

        await (compacted ? it.CompactAndKillAsync() : it.KillAsync());
        await PublishAsync("three");

        var queue = await it.Cloud.CreateQueueAsync("late.fifo", new() { ["FifoQueue"] = "true" });
        await it.Cloud.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"), ("ReplayPolicy", """{"PointType":"Timestamp","StartingPoint":"2026-11-20T00:00:00Z"}"""));
        Assert.Equal(["one", "two", "three"], await it.Cloud.BodiesAsync(queue));
        Assert.Equal(before, await BeginningAsync());

        Task<XElement> PublishAsync(string message) => it.Cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", message), ("MessageGroupId", "g"));

        async Task<string> BeginningAsync() => (await it.Cloud.SnsAsync("GetTopicAttributes", ("TopicArn", topic)))
            .Descendants("entry").Single(entry => entry.Element("key")!.Value == "BeginningArchiveTime").Element("value")!.Value;
    }

    [Fact]
    public async Task An_archive_that_was_closed_is_empty_when_it_is_opened_again()
    {
        await using var it = await PersistentCloud.StartAsync();
        var topic = await it.Cloud.CreateTopicAsync(
            "ledger.fifo", ("FifoTopic", "true"), ("ContentBasedDeduplication", "true"), ("ArchivePolicy", """{"MessageRetentionPeriod":"1"}"""));
        await it.Cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "old"), ("MessageGroupId", "g"));
        foreach (var policy in new[] { "{}", """{"MessageRetentionPeriod":"1"}""" })
        {
            await it.Cloud.SnsAsync("SetTopicAttributes", ("TopicArn", topic), ("AttributeName", "ArchivePolicy"), ("AttributeValue", policy));
        }

        await it.KillAsync();

        var queue = await it.Cloud.CreateQueueAsync("late.fifo", new() { ["FifoQueue"] = "true" });
        await it.Cloud.SubscribeAsync(topic, queue, ("ReplayPolicy", """{"PointType":"Timestamp","StartingPoint":"2026-11-20T00:00:00Z"}"""));
        Assert.Empty(await it.Cloud.ReceiveAsync(queue));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_endpoint_that_was_unsubscribed_can_come_back_after_the_restart(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        await using var hook = await Hook.StartAsync();
        var topic = await it.Cloud.CreateTopicAsync("events");
        var subscription = await ConfirmedAsync(it.Cloud, topic, hook);
        await it.Cloud.SnsAsync("Unsubscribe", ("SubscriptionArn", subscription));
        var token = (string)JsonNode.Parse((await NextAsync(hook, "UnsubscribeConfirmation")).Body)!["Token"]!;

        await (compacted ? it.CompactAndKillAsync() : it.KillAsync());
        await it.Cloud.SnsAsync("ConfirmSubscription", ("TopicArn", topic), ("Token", token));
        await (compacted ? it.CompactAndKillAsync() : it.KillAsync());
        await it.Cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "back"));

        Assert.Equal("back", (string)JsonNode.Parse((await NextAsync(hook, "Notification")).Body)!["Message"]!);
        Assert.Equal(subscription, Assert.Single((await it.Cloud.SnsAsync("ListSubscriptions")).Descendants("SubscriptionArn")).Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_topic_keeps_its_data_protection_and_a_subscription_that_it_ends_by_signature_only(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        await using var hook = await Hook.StartAsync();
        var topic = await it.Cloud.CreateTopicAsync("events");
        await it.Cloud.SnsAsync("PutDataProtectionPolicy", ("ResourceArn", topic), ("DataProtectionPolicy", """{"Name":"p"}"""));
        await it.Cloud.SnsAsync(
            "Subscribe", [("TopicArn", topic), ("Protocol", "http"), ("Endpoint", hook.Url), .. TestCloud.Entries(("DeliveryPolicy", """{"throttlePolicy":{"maxReceivesPerSecond":5}}"""))]);
        var token = (string)JsonNode.Parse((await hook.NextAsync()).Body)!["Token"]!;
        await it.Cloud.SnsAsync("ConfirmSubscription", ("TopicArn", topic), ("Token", token), ("AuthenticateOnUnsubscribe", "true"));
        var subscription = (await it.Cloud.SnsAsync("ListSubscriptions")).Descendants("SubscriptionArn").Single().Value;
        var before = await AllAsync(it.Cloud, topic, subscription);

        await (compacted ? it.CompactAndKillAsync() : it.KillAsync());

        Assert.Equal(before, await AllAsync(it.Cloud, topic, subscription));
        Assert.Equal("""{"Name":"p"}""", (await it.Cloud.SnsAsync("GetDataProtectionPolicy", ("ResourceArn", topic))).Descendants("DataProtectionPolicy").Single().Value);
        using var unsigned = await it.Cloud.Client.GetAsync(new Uri(it.Cloud.Endpoint, $"/?Action=Unsubscribe&SubscriptionArn={subscription}"), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, unsigned.StatusCode);
    }

    [Fact]
    public async Task A_mail_that_asks_for_confirmation_is_written_again_with_the_same_token()
    {
        await using var it = await PersistentCloud.StartAsync();
        var topic = await it.Cloud.CreateTopicAsync("events");
        await it.Cloud.SnsAsync("Subscribe", ("TopicArn", topic), ("Protocol", "email-json"), ("Endpoint", "a@example.com"));
        var before = Token();

        await it.KillAsync();

        Assert.Equal(before, Token());

        string Token() => (string)JsonNode.Parse(Assert.Single(it.Cloud.Mailbox.Mails).Text!)!["Token"]!;
    }

    private static async Task<string> ConfirmedAsync(TestCloud cloud, string topic, Hook hook)
    {
        await cloud.SnsAsync("Subscribe", ("TopicArn", topic), ("Protocol", "http"), ("Endpoint", hook.Url));
        var token = (string)JsonNode.Parse((await hook.NextAsync()).Body)!["Token"]!;
        return (await cloud.SnsAsync("ConfirmSubscription", ("TopicArn", topic), ("Token", token))).Descendants("SubscriptionArn").Single().Value;
    }

    // A question may come twice: the process could have ended before it knew that it was answered.
    private static async Task<Hook.Request> NextAsync(Hook hook, string type)
    {
        while (true)
        {
            if (await hook.NextAsync() is { } request && request.Type == type)
            {
                return request;
            }
        }
    }

    private static async Task<string> AllAsync(TestCloud cloud, string topic, string subscription)
    {
        XElement[] answers =
        [
            await cloud.SnsAsync("ListTopics"),
            await cloud.SnsAsync("ListSubscriptions"),
            await cloud.SnsAsync("GetTopicAttributes", ("TopicArn", topic)),
            await cloud.SnsAsync("ListTagsForResource", ("ResourceArn", topic)),
            await cloud.SnsAsync("GetSubscriptionAttributes", ("SubscriptionArn", subscription)),
        ];
        return string.Join('\n', answers.Select(Result));
    }

    // A dictionary has no order of its own.
    private static string Result(XElement answer) => string.Join('\n', answer.Elements().First().Descendants().Where(element => !element.HasElements)
        .Select(element => $"{element.Name} {element.Value} {element.NextNode}").Order(StringComparer.Ordinal));

    private static Task<XElement> PublishAsync(TestCloud cloud, string topic, string message, string kind) => cloud.SnsAsync(
        "Publish",
        ("TopicArn", topic),
        ("Message", message),
        ("MessageAttributes.entry.1.Name", "kind"),
        ("MessageAttributes.entry.1.Value.DataType", "String"),
        ("MessageAttributes.entry.1.Value.StringValue", kind));
}
