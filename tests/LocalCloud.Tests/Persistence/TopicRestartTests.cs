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
        Assert.Equal(refused, await hook.NextAsync());

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
