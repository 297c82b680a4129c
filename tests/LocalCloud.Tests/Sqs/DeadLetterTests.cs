using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Sqs;

public class DeadLetterTests
{
    private static string Redrive(string deadLetterQueue, int times) =>
        new JsonObject { ["deadLetterTargetArn"] = TestCloud.ArnOf(deadLetterQueue), ["maxReceiveCount"] = times }.ToJsonString();

    [Fact]
    public async Task A_message_received_too_often_moves_with_its_id_its_time_and_its_source()
    {
        await using var cloud = await TestCloud.StartAsync();
        var dead = await cloud.CreateQueueAsync("dead");
        var queue = await cloud.CreateQueueAsync("orders", new() { ["VisibilityTimeout"] = "0", ["RedrivePolicy"] = Redrive(dead, 2) });
        var sent = await cloud.SendAsync(queue, "poison");
        var first = Assert.Single(await cloud.ReceiveAsync(queue));
        cloud.Time.Advance(TimeSpan.FromSeconds(100));
        await cloud.ReceiveAsync(queue);

        Assert.Empty(await cloud.ReceiveAsync(queue));
        var moved = Assert.Single(await cloud.ReceiveAsync(dead));

        Assert.Equal((string)sent["MessageId"]!, (string)moved["MessageId"]!);
        Assert.Equal((string)first["Attributes"]!["SentTimestamp"]!, (string)moved["Attributes"]!["SentTimestamp"]!);
        Assert.Equal(TestCloud.ArnOf(queue), (string)moved["Attributes"]!["DeadLetterQueueSourceArn"]!);
    }

    [Fact]
    public async Task A_poison_message_holds_its_group_back_only_until_it_moves()
    {
        await using var cloud = await TestCloud.StartAsync();
        var dead = await cloud.CreateQueueAsync("dead.fifo", new() { ["FifoQueue"] = "true" });
        var queue = await cloud.CreateQueueAsync("orders.fifo", new() { ["FifoQueue"] = "true", ["RedrivePolicy"] = Redrive(dead, 1) });
        await cloud.SendAsync(queue, "poison", "g");
        await cloud.SendAsync(queue, "next", "g");
        await cloud.ReceiveAsync(queue, count: 1, visibility: 0);

        Assert.Equal(["next"], await cloud.BodiesAsync(queue));
        Assert.Equal("g", (string)Assert.Single(await cloud.ReceiveAsync(dead))["Attributes"]!["MessageGroupId"]!);
    }

    [Fact]
    public async Task A_receive_count_given_as_text_is_shown_as_a_number()
    {
        await using var cloud = await TestCloud.StartAsync();
        var dead = TestCloud.ArnOf(await cloud.CreateQueueAsync("dead"));
        var queue = await cloud.CreateQueueAsync("orders", new() { ["RedrivePolicy"] = $$"""{ "maxReceiveCount": "5", "deadLetterTargetArn": "{{dead}}" }""" });

        var shown = await cloud.SqsAsync("GetQueueAttributes", new() { ["QueueUrl"] = queue, ["AttributeNames"] = new JsonArray("RedrivePolicy") });

        Assert.Equal($$"""{"deadLetterTargetArn":"{{dead}}","maxReceiveCount":5}""", (string)shown["Attributes"]!["RedrivePolicy"]!);
    }

    [Fact]
    public async Task A_dead_letter_queue_must_exist_be_of_the_same_type_and_allow_the_source()
    {
        await using var cloud = await TestCloud.StartAsync();
        var fifo = await cloud.CreateQueueAsync("dead.fifo", new() { ["FifoQueue"] = "true" });
        var closed = await cloud.CreateQueueAsync("closed", new() { ["RedriveAllowPolicy"] = """{"redrivePermission":"denyAll"}""" });

        foreach (var target in new[] { "http://x/000000000000/nowhere", fifo, closed })
        {
            Assert.Equal("InvalidParameterValue;Sender", await cloud.SqsErrorAsync("CreateQueue", new()
            {
                ["QueueName"] = "orders",
                ["Attributes"] = new JsonObject { ["RedrivePolicy"] = Redrive(target, 1) },
            }));
        }
    }

    [Fact]
    public async Task A_redrive_sends_messages_back_with_new_ids_at_the_pace_that_was_asked_for()
    {
        await using var cloud = await TestCloud.StartAsync();
        var dead = await cloud.CreateQueueAsync("dead");
        var queue = await cloud.CreateQueueAsync("orders", new() { ["RedrivePolicy"] = Redrive(dead, 1) });
        List<string> ids = [];
        for (var i = 0; i < 6; i++)
        {
            ids.Add((string)(await cloud.SendAsync(queue, $"{i}"))["MessageId"]!);
        }

        await cloud.ReceiveAsync(queue, visibility: 0);
        await cloud.ReceiveAsync(queue);
        await cloud.SqsAsync("StartMessageMoveTask", new() { ["SourceArn"] = TestCloud.ArnOf(dead), ["MaxNumberOfMessagesPerSecond"] = 2 });

        cloud.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(("RUNNING", 4), await TaskAsync(cloud, dead));
        cloud.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("COMPLETED", 6), await TaskAsync(cloud, dead));

        var back = await cloud.ReceiveAsync(queue);
        Assert.Equal(6, back.Count);
        Assert.Empty(back.Select(message => (string)message["MessageId"]!).Intersect(ids));
        Assert.All(back, message => Assert.Equal("1", (string)message["Attributes"]!["ApproximateReceiveCount"]!));
    }

    [Fact]
    public async Task A_redrive_can_be_cancelled_once_and_runs_only_once_at_a_time()
    {
        await using var cloud = await TestCloud.StartAsync();
        var dead = await cloud.CreateQueueAsync("dead");
        await cloud.CreateQueueAsync("orders", new() { ["RedrivePolicy"] = Redrive(dead, 1) });
        var other = await cloud.CreateQueueAsync("other");
        await cloud.SendAsync(dead, "a");
        await cloud.SendAsync(dead, "b");
        JsonObject Start() => new() { ["SourceArn"] = TestCloud.ArnOf(dead), ["DestinationArn"] = TestCloud.ArnOf(other), ["MaxNumberOfMessagesPerSecond"] = 1 };

        var handle = (string)(await cloud.SqsAsync("StartMessageMoveTask", Start()))["TaskHandle"]!;
        Assert.Equal("AWS.SimpleQueueService.UnsupportedOperation;Sender", await cloud.SqsErrorAsync("StartMessageMoveTask", Start()));
        await cloud.SqsAsync("CancelMessageMoveTask", new() { ["TaskHandle"] = handle });

        Assert.Equal("ResourceNotFoundException;Sender", await cloud.SqsErrorAsync("CancelMessageMoveTask", new() { ["TaskHandle"] = handle }));
        Assert.Equal("CANCELLED", (await TaskAsync(cloud, dead)).Status);
    }

    private static async Task<(string Status, int Moved)> TaskAsync(TestCloud cloud, string source)
    {
        var task = (await cloud.SqsAsync("ListMessageMoveTasks", new() { ["SourceArn"] = TestCloud.ArnOf(source) }))["Results"]![0]!;
        return ((string)task["Status"]!, (int)task["ApproximateNumberOfMessagesMoved"]!);
    }
}
