using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace LocalCloud.Tests.Sns;

public class HttpDeliveryTests
{
    private const string Policy = """{"healthyRetryPolicy":{"minDelayTarget":100,"maxDelayTarget":100,"numRetries":2}}""";

    [Fact]
    public async Task An_endpoint_gets_messages_only_after_it_has_confirmed()
    {
        await using var cloud = await TestCloud.StartAsync();
        await using var hook = await Hook.StartAsync();
        var topic = await cloud.CreateTopicAsync("events");
        await SubscribeAsync(cloud, topic, hook);

        var confirmation = await hook.NextAsync();
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "too early"));
        await cloud.Client.GetAsync(new Uri((string)JsonNode.Parse(confirmation.Body)!["SubscribeURL"]!), TestContext.Current.CancellationToken);
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "hi"));
        var notification = await hook.NextAsync();

        Assert.Equal(("SubscriptionConfirmation", "Notification"), (confirmation.Type, notification.Type));
        Assert.Equal("hi", (string)JsonNode.Parse(notification.Body)!["Message"]!);
    }

    [Fact]
    public async Task A_failing_endpoint_is_tried_again_as_its_policy_says_and_then_given_up()
    {
        await using var cloud = await TestCloud.StartAsync();
        await using var hook = await Hook.StartAsync();
        var dead = await cloud.CreateQueueAsync("dead");
        var topic = await cloud.CreateTopicAsync("events");
        await ConfirmAsync(cloud, topic, hook, ("DeliveryPolicy", Policy), ("RedrivePolicy", new JsonObject { ["deadLetterTargetArn"] = TestCloud.ArnOf(dead) }.ToJsonString()), ("RawMessageDelivery", "true"));
        hook.Status = 500;

        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "hi"));
        for (var retry = 0; retry < 2; retry++)
        {
            await hook.NextAsync();
            await cloud.Time.UntilSomebodyWaitsAsync();
            cloud.Time.Advance(TimeSpan.FromSeconds(100));
        }

        await hook.NextAsync();
        Assert.Equal("hi", (string)Assert.Single(await DeadAsync(cloud, dead))["Body"]!);
        Assert.Equal(new("sns", "Delivery:http", Calls: 3, Failed: 3, Billed: 3), cloud.Server.Requests.Of("sns", "Delivery:http"));
    }

    [Fact]
    public async Task A_4xx_is_final()
    {
        await using var cloud = await TestCloud.StartAsync();
        await using var hook = await Hook.StartAsync();
        var dead = await cloud.CreateQueueAsync("dead");
        var topic = await cloud.CreateTopicAsync("events");
        await ConfirmAsync(cloud, topic, hook, ("DeliveryPolicy", Policy), ("RedrivePolicy", new JsonObject { ["deadLetterTargetArn"] = TestCloud.ArnOf(dead) }.ToJsonString()));
        hook.Status = 404;

        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "hi"));

        Assert.Single(await DeadAsync(cloud, dead));
    }

    [Fact]
    public async Task A_redirect_is_final_and_429_is_not()
    {
        await using var cloud = await TestCloud.StartAsync();
        await using var hook = await Hook.StartAsync();
        var dead = await cloud.CreateQueueAsync("dead");
        var topic = await cloud.CreateTopicAsync("events");
        await ConfirmAsync(cloud, topic, hook, ("DeliveryPolicy", Policy), ("RedrivePolicy", new JsonObject { ["deadLetterTargetArn"] = TestCloud.ArnOf(dead) }.ToJsonString()));
        hook.Status = 302;
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "moved"));
        Assert.Single(await DeadAsync(cloud, dead));
        await hook.NextAsync();

        hook.Status = 429;
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "hi"));
        await hook.NextAsync();
        await cloud.Time.UntilSomebodyWaitsAsync();
        hook.Status = 200;
        cloud.Time.Advance(TimeSpan.FromSeconds(100));

        Assert.Equal("Notification", (await hook.NextAsync()).Type);
    }

    [Fact]
    public async Task A_throttled_subscription_gets_so_many_messages_a_second()
    {
        await using var cloud = await TestCloud.StartAsync();
        await using var hook = await Hook.StartAsync();
        var topic = await cloud.CreateTopicAsync("events", ("DeliveryPolicy", """{"http":{"defaultThrottlePolicy":{"maxReceivesPerSecond":2}}}"""));
        await ConfirmAsync(cloud, topic, hook);
        for (var i = 0; i < 4; i++)
        {
            await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", $"{i}"));
        }

        await hook.NextAsync();
        for (var i = 1; i < 4; i++)
        {
            await cloud.Time.UntilSomebodyWaitsAsync(4 - i);
            Assert.Equal(0, hook.Waiting);
            cloud.Time.Advance(TimeSpan.FromMilliseconds(500));
            await hook.NextAsync();
        }
    }

    [Theory]
    [InlineData("""{"requestPolicy":{"headerContentType":"application/json"}}""", "application/json")]
    [InlineData("{}", "text/csv")]
    public async Task The_content_type_is_the_subscription_s_or_the_topic_s(string policy, string expected)
    {
        await using var cloud = await TestCloud.StartAsync();
        await using var hook = await Hook.StartAsync();
        var topic = await cloud.CreateTopicAsync("events", ("DeliveryPolicy", """{"http":{"defaultRequestPolicy":{"headerContentType":"text/plain"}}}"""));
        if (expected == "text/csv")
        {
            policy = """{"requestPolicy":{"headerContentType":"text/csv"}}""";
            Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync(
                "Subscribe", [("TopicArn", topic), ("Protocol", "http"), ("Endpoint", hook.Url), .. TestCloud.Entries(("DeliveryPolicy", policy))]));
        }

        await ConfirmAsync(cloud, topic, hook, ("RawMessageDelivery", "true"), ("DeliveryPolicy", policy));
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "hi"));

        Assert.Equal(expected, (await hook.NextAsync()).Headers["Content-Type"]);
    }

    [Fact]
    public async Task The_password_in_an_endpoint_s_url_goes_out_when_it_is_asked_for_and_is_not_shown()
    {
        await using var cloud = await TestCloud.StartAsync();
        await using var hook = await Hook.StartAsync();
        hook.Password = "Basic dTpwQA==";
        var topic = await cloud.CreateTopicAsync("events");
        await cloud.SnsAsync("Subscribe", ("TopicArn", topic), ("Protocol", "http"), ("Endpoint", hook.Url.Replace("://", "://u:p%40@", StringComparison.Ordinal)));

        Assert.False((await hook.NextAsync()).Headers.ContainsKey("Authorization"));
        Assert.Equal("Basic dTpwQA==", (await hook.NextAsync()).Headers["Authorization"]);
        Assert.Contains("://u:****@", (await cloud.SnsAsync("ListSubscriptions")).Descendants("Endpoint").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_was_unsubscribed_is_told_and_can_come_back()
    {
        await using var cloud = await TestCloud.StartAsync();
        await using var hook = await Hook.StartAsync();
        var topic = await cloud.CreateTopicAsync("events", ("SignatureVersion", "2"));
        await ConfirmAsync(cloud, topic, hook);
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "one"));
        var unsubscribe = (string)JsonNode.Parse((await hook.NextAsync()).Body)!["UnsubscribeURL"]!;

        await cloud.Client.GetAsync(new Uri(unsubscribe), TestContext.Current.CancellationToken);
        var told = await hook.NextAsync();
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "two"));
        await Signatures.VerifyAsync(cloud, told.Body);
        await cloud.Client.GetAsync(new Uri((string)JsonNode.Parse(told.Body)!["SubscribeURL"]!), TestContext.Current.CancellationToken);
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "three"));

        Assert.Equal("UnsubscribeConfirmation", told.Type);
        Assert.Equal("three", (string)JsonNode.Parse((await hook.NextAsync()).Body)!["Message"]!);
    }

    [Fact]
    public async Task The_way_back_is_not_spent_on_another_topic_and_leads_to_one_subscription()
    {
        await using var cloud = await TestCloud.StartAsync();
        await using var hook = await Hook.StartAsync();
        var (topic, other) = (await cloud.CreateTopicAsync("events"), await cloud.CreateTopicAsync("others"));
        await ConfirmAsync(cloud, topic, hook);
        var arn = (await cloud.SnsAsync("ListSubscriptionsByTopic", ("TopicArn", topic))).Descendants("SubscriptionArn").Single().Value;
        await cloud.SnsAsync("Unsubscribe", ("SubscriptionArn", arn));
        var token = (string)JsonNode.Parse((await hook.NextAsync()).Body)!["Token"]!;
        await ConfirmAsync(cloud, topic, hook);

        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("ConfirmSubscription", ("TopicArn", other), ("Token", token)));
        await cloud.SnsAsync("ConfirmSubscription", ("TopicArn", topic), ("Token", token));

        Assert.Single((await cloud.SnsAsync("ListSubscriptionsByTopic", ("TopicArn", topic))).Descendants("SubscriptionArn"));
    }

    [Fact]
    public async Task An_endpoint_whose_certificate_nobody_trusts_gets_nothing_and_is_tried_again()
    {
        await using var cloud = await TestCloud.StartAsync();
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var usable = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        await using var hook = await Hook.StartAsync(usable);
        var topic = await cloud.CreateTopicAsync("events");
        await cloud.SnsAsync("Subscribe", ("TopicArn", topic), ("Protocol", "https"), ("Endpoint", hook.Url));

        await cloud.Time.UntilSomebodyWaitsAsync();
        Assert.Equal(0, hook.Waiting);
    }

    private static Task<XElement> SubscribeAsync(TestCloud cloud, string topic, Hook hook, params (string, string)[] attributes) =>
        cloud.SnsAsync("Subscribe", [("TopicArn", topic), ("Protocol", "http"), ("Endpoint", hook.Url), .. TestCloud.Entries(attributes)]);

    private static async Task ConfirmAsync(TestCloud cloud, string topic, Hook hook, params (string, string)[] attributes)
    {
        await SubscribeAsync(cloud, topic, hook, attributes);
        var token = (string)JsonNode.Parse((await hook.NextAsync()).Body)!["Token"]!;
        await cloud.SnsAsync("ConfirmSubscription", ("TopicArn", topic), ("Token", token));
    }

    // The delivery runs in the background: the message arrives in the queue when it has been given up.
    private static async Task<List<JsonObject>> DeadAsync(TestCloud cloud, string queue)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            if (await cloud.ReceiveAsync(queue) is { Count: > 0 } messages)
            {
                return messages;
            }

            await Task.Delay(5, deadline.Token);
        }
    }
}
