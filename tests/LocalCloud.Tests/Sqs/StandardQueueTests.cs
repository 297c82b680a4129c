using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Sqs;

public class StandardQueueTests
{
    [Fact]
    public async Task A_message_comes_back_byte_for_byte_with_its_digest()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");

        var sent = await cloud.SendAsync(queue, "hé<&>\"\\\n\t\U0001F600llo");
        var received = Assert.Single(await cloud.ReceiveAsync(queue));

        Assert.Equal("hé<&>\"\\\n\t\U0001F600llo", (string)received["Body"]!);
        Assert.Equal((string)sent["MessageId"]!, (string)received["MessageId"]!);
        Assert.Equal((string)sent["MD5OfMessageBody"]!, (string)received["MD5OfBody"]!);
    }

    [Fact]
    public async Task A_received_message_is_hidden_until_its_visibility_timeout_passes()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders", new() { ["VisibilityTimeout"] = "30" });
        await cloud.SendAsync(queue, "a");
        await cloud.ReceiveAsync(queue);

        cloud.Time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Empty(await cloud.ReceiveAsync(queue));
        cloud.Time.Advance(TimeSpan.FromSeconds(0.1));

        var again = Assert.Single(await cloud.ReceiveAsync(queue));
        Assert.Equal("2", (string)again["Attributes"]!["ApproximateReceiveCount"]!);
    }

    [Fact]
    public async Task An_old_receipt_handle_deletes_nothing_and_is_no_error()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        await cloud.SendAsync(queue, "a");
        var first = Assert.Single(await cloud.ReceiveAsync(queue, visibility: 0));
        var second = Assert.Single(await cloud.ReceiveAsync(queue, visibility: 0));

        await cloud.DeleteAsync(queue, first);
        Assert.Single(await cloud.ReceiveAsync(queue, visibility: 0));
        Assert.NotEqual((string)first["ReceiptHandle"]!, (string)second["ReceiptHandle"]!);
    }

    [Fact]
    public async Task A_receipt_handle_of_another_queue_is_invalid()
    {
        await using var cloud = await TestCloud.StartAsync();
        var (orders, other) = (await cloud.CreateQueueAsync("orders"), await cloud.CreateQueueAsync("other"));
        await cloud.SendAsync(orders, "a");
        var received = Assert.Single(await cloud.ReceiveAsync(orders));

        var error = await cloud.SqsErrorAsync("DeleteMessage", new() { ["QueueUrl"] = other, ["ReceiptHandle"] = (string)received["ReceiptHandle"]! });

        Assert.Equal("ReceiptHandleIsInvalid;Sender", error);
    }

    [Fact]
    public async Task A_message_may_be_hidden_for_twelve_hours_in_all_and_no_longer()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        await cloud.SendAsync(queue, "a");
        var handle = (string)Assert.Single(await cloud.ReceiveAsync(queue, visibility: 3600))["ReceiptHandle"]!;
        JsonObject Change(int seconds) => new() { ["QueueUrl"] = queue, ["ReceiptHandle"] = handle, ["VisibilityTimeout"] = seconds };

        await cloud.SqsAsync("ChangeMessageVisibility", Change(43_200));
        cloud.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("InvalidParameterValue;Sender", await cloud.SqsErrorAsync("ChangeMessageVisibility", Change(43_200)));
        await cloud.SqsAsync("ChangeMessageVisibility", Change(0));
        Assert.Equal("AWS.SimpleQueueService.MessageNotInflight;Sender", await cloud.SqsErrorAsync("ChangeMessageVisibility", Change(1)));
    }

    [Fact]
    public async Task A_delayed_message_is_counted_as_delayed_and_then_delivered()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        await cloud.SqsAsync("SendMessage", new() { ["QueueUrl"] = queue, ["MessageBody"] = "later", ["DelaySeconds"] = 900 });

        Assert.Empty(await cloud.ReceiveAsync(queue));
        Assert.Equal("1", await AttributeAsync(cloud, queue, "ApproximateNumberOfMessagesDelayed"));
        cloud.Time.Advance(TimeSpan.FromSeconds(900));

        Assert.Equal(["later"], await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_message_older_than_the_retention_period_is_gone_even_in_flight()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders", new() { ["MessageRetentionPeriod"] = "60" });
        await cloud.SendAsync(queue, "a");
        await cloud.SendAsync(queue, "b");
        await cloud.ReceiveAsync(queue, count: 1, visibility: 3600);

        cloud.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("0", await AttributeAsync(cloud, queue, "ApproximateNumberOfMessages"));
        Assert.Equal("0", await AttributeAsync(cloud, queue, "ApproximateNumberOfMessagesNotVisible"));
    }

    [Fact]
    public async Task A_name_is_free_again_sixty_seconds_after_its_queue_was_deleted()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        await cloud.SqsAsync("DeleteQueue", new() { ["QueueUrl"] = queue });

        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue;Sender", await cloud.SqsErrorAsync("SendMessage", new() { ["QueueUrl"] = queue, ["MessageBody"] = "a" }));
        Assert.Equal("AWS.SimpleQueueService.QueueDeletedRecently;Sender", await cloud.SqsErrorAsync("CreateQueue", new() { ["QueueName"] = "orders" }));
        cloud.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(queue, await cloud.CreateQueueAsync("orders"));
    }

    [Fact]
    public async Task A_purge_takes_hidden_messages_too_and_may_not_be_repeated_within_a_minute()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        await cloud.SendAsync(queue, "a");
        await cloud.ReceiveAsync(queue);
        await cloud.SqsAsync("PurgeQueue", new() { ["QueueUrl"] = queue });

        Assert.Equal("AWS.SimpleQueueService.PurgeQueueInProgress;Sender", await cloud.SqsErrorAsync("PurgeQueue", new() { ["QueueUrl"] = queue }));
        cloud.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Empty(await cloud.ReceiveAsync(queue));
        await cloud.SqsAsync("PurgeQueue", new() { ["QueueUrl"] = queue });
    }

    private static async Task<string> AttributeAsync(TestCloud cloud, string queue, string name) =>
        (string)(await cloud.SqsAsync("GetQueueAttributes", new() { ["QueueUrl"] = queue, ["AttributeNames"] = new JsonArray(name) }))["Attributes"]![name]!;
}
