using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

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

    private sealed class Hook(WebApplication app) : IAsyncDisposable
    {
        private readonly Channel<(string Type, string Body)> _requests = Channel.CreateUnbounded<(string Type, string Body)>();

        public int Status { get; set; } = 200;

        public string Url => app.Urls.Single() + "/hook";

        public static async Task<Hook> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            var hook = new Hook(builder.Build());
            await hook.RunAsync();
            return hook;
        }

        public async Task<(string Type, string Body)> NextAsync()
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            return await _requests.Reader.ReadAsync(deadline.Token);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private Task RunAsync()
        {
            app.Run(async http =>
            {
                using var reader = new StreamReader(http.Request.Body);
                http.Response.StatusCode = Status;
                await _requests.Writer.WriteAsync((http.Request.Headers["x-amz-sns-message-type"].ToString(), await reader.ReadToEndAsync()));
            });
            return app.StartAsync();
        }
    }
}
