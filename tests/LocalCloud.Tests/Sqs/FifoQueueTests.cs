using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Sqs;

public class FifoQueueTests
{
    private static Task<string> FifoAsync(TestCloud cloud, JsonObject? attributes = null)
    {
        attributes ??= [];
        attributes["FifoQueue"] = "true";
        return cloud.CreateQueueAsync("orders.fifo", attributes);
    }

    [Fact]
    public async Task A_group_is_blocked_until_all_its_messages_in_flight_are_deleted_and_others_are_not()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await FifoAsync(cloud);
        foreach (var (body, group) in new[] { ("a1", "A"), ("a2", "A"), ("a3", "A"), ("b1", "B") })
        {
            await cloud.SendAsync(queue, body, group);
        }

        var held = await cloud.ReceiveAsync(queue, count: 2);
        Assert.Equal(["a1", "a2"], held.Select(message => (string)message["Body"]!));
        Assert.Equal(["b1"], await cloud.BodiesAsync(queue));
        await cloud.DeleteAsync(queue, held[0]);
        Assert.Empty(await cloud.ReceiveAsync(queue));
        await cloud.DeleteAsync(queue, held[1]);

        Assert.Equal(["a3"], await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_message_that_was_not_deleted_comes_first_in_its_group_again()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await FifoAsync(cloud);
        foreach (var body in new[] { "1", "2", "3" })
        {
            await cloud.SendAsync(queue, body, "g");
        }

        await cloud.ReceiveAsync(queue, count: 1, visibility: 10);
        cloud.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["1", "2", "3"], await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_duplicate_within_five_minutes_gets_the_first_answer_even_after_deletion()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await FifoAsync(cloud);
        var first = await cloud.SendAsync(queue, "one", "g", "D");
        await cloud.DeleteAsync(queue, Assert.Single(await cloud.ReceiveAsync(queue)));

        cloud.Time.Advance(TimeSpan.FromSeconds(299));
        var second = await cloud.SendAsync(queue, "two", "g", "D");
        Assert.Equal((string)first["MessageId"]!, (string)second["MessageId"]!);
        Assert.Equal((string)first["SequenceNumber"]!, (string)second["SequenceNumber"]!);
        Assert.Empty(await cloud.ReceiveAsync(queue));
        cloud.Time.Advance(TimeSpan.FromSeconds(1));
        await cloud.SendAsync(queue, "three", "g", "D");

        Assert.Equal(["three"], await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task Content_based_deduplication_looks_at_the_body_only()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await FifoAsync(cloud, new() { ["ContentBasedDeduplication"] = "true" });
        foreach (var body in new[] { "x", "x", "y" })
        {
            await cloud.SqsAsync("SendMessage", new() { ["QueueUrl"] = queue, ["MessageBody"] = body, ["MessageGroupId"] = "g" });
        }

        Assert.Equal(["x", "y"], await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_repeated_receive_attempt_gets_the_same_handles_until_a_message_changes()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await FifoAsync(cloud);
        await cloud.SendAsync(queue, "1", "g");
        async Task<JsonArray?> Attempt() =>
            (await cloud.SqsAsync("ReceiveMessage", new() { ["QueueUrl"] = queue, ["ReceiveRequestAttemptId"] = "attempt" }))["Messages"] as JsonArray;

        var handle = (string)Assert.Single((await Attempt())!)!["ReceiptHandle"]!;
        Assert.Equal(handle, (string)Assert.Single((await Attempt())!)!["ReceiptHandle"]!);
        await cloud.SqsAsync("ChangeMessageVisibility", new() { ["QueueUrl"] = queue, ["ReceiptHandle"] = handle, ["VisibilityTimeout"] = 60 });

        Assert.Null(await Attempt());
    }

    [Fact]
    public async Task A_receipt_handle_expires_with_the_visibility_timeout()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await FifoAsync(cloud);
        await cloud.SendAsync(queue, "1", "g");
        var message = Assert.Single(await cloud.ReceiveAsync(queue, visibility: 10));
        cloud.Time.Advance(TimeSpan.FromSeconds(10));

        var error = await cloud.SqsErrorAsync("DeleteMessage", new() { ["QueueUrl"] = queue, ["ReceiptHandle"] = (string)message["ReceiptHandle"]! });

        Assert.Equal("InvalidParameterValue;Sender", error);
    }

    [Fact]
    public async Task A_send_without_group_or_deduplication_id_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await FifoAsync(cloud);

        Assert.Equal("MissingParameter;Sender", await cloud.SqsErrorAsync("SendMessage", new() { ["QueueUrl"] = queue, ["MessageBody"] = "x", ["MessageDeduplicationId"] = "d" }));
        Assert.Equal("InvalidParameterValue;Sender", await cloud.SqsErrorAsync("SendMessage", new() { ["QueueUrl"] = queue, ["MessageBody"] = "x", ["MessageGroupId"] = "g" }));
        Assert.Equal(
            "InvalidParameterValue;Sender",
            await cloud.SqsErrorAsync("SendMessage", new() { ["QueueUrl"] = queue, ["MessageBody"] = "x", ["MessageGroupId"] = "g", ["MessageDeduplicationId"] = "d", ["DelaySeconds"] = 1 }));
    }

    [Fact]
    public async Task The_queue_s_delay_holds_a_message_back_and_its_group_in_order()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await FifoAsync(cloud, new() { ["DelaySeconds"] = "10" });
        await cloud.SendAsync(queue, "1", "g");
        cloud.Time.Advance(TimeSpan.FromSeconds(5));
        await cloud.SendAsync(queue, "2", "g");
        cloud.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["1"], await cloud.BodiesAsync(queue));
    }
}
