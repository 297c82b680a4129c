using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Persistence;

public class QueueRestartTests
{
    [Fact]
    public async Task A_message_that_a_fault_sent_twice_is_there_twice()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("tasks");
        it.Cloud.Server.SetFaults(new() { Rules = [new() { Service = "sqs", Kind = LocalCloud.Faults.FaultKind.Duplicate, Delay = TimeSpan.FromSeconds(5) }] });
        await it.Cloud.SendAsync(queue, "twice");

        await it.KillAsync();

        Assert.Equal(["twice"], await it.Cloud.BodiesAsync(queue));
        it.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(["twice"], await it.Cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_noisy_group_in_flight_is_still_noisy_after_the_restart()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("tasks");
        for (var i = 0; i < 30; i++)
        {
            await SendAsync("noisy");
        }

        await it.Cloud.ReceiveAsync(queue, 10);
        await it.Cloud.ReceiveAsync(queue, 10);
        await SendAsync("quiet");

        await it.KillAsync();

        Assert.Equal(["quiet", "noisy"], await it.Cloud.BodiesAsync(queue, 2));

        Task SendAsync(string tenant) => it.Cloud.SqsAsync("SendMessage", new() { ["QueueUrl"] = queue, ["MessageBody"] = tenant, ["MessageGroupId"] = tenant });
    }

    [Fact]
    public async Task A_queue_keeps_its_attributes_and_tags()
    {
        await using var it = await PersistentCloud.StartAsync();
        var dead = await it.Cloud.CreateQueueAsync("dead");
        var queue = await it.Cloud.CreateQueueAsync("work", new() { ["VisibilityTimeout"] = "77", ["RedrivePolicy"] = Redrive(dead, 3) });
        await it.Cloud.SqsAsync("SetQueueAttributes", new() { ["QueueUrl"] = queue, ["Attributes"] = new JsonObject { ["DelaySeconds"] = "5", ["KmsMasterKeyId"] = "alias/mine" } });
        await it.Cloud.SqsAsync("TagQueue", new() { ["QueueUrl"] = queue, ["Tags"] = new JsonObject { ["team"] = "red" } });
        var before = await AttributesAsync(it.Cloud, queue);

        it.Time.Advance(TimeSpan.FromMinutes(1));
        await it.KillAsync();

        Assert.Equal(before, await AttributesAsync(it.Cloud, queue));
        Assert.Equal("red", (string)(await it.Cloud.SqsAsync("ListQueueTags", new() { ["QueueUrl"] = queue }))["Tags"]!["team"]!);
    }

    [Fact]
    public async Task A_deleted_queue_stays_deleted_and_its_name_is_taken_for_a_minute()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work");
        await it.Cloud.SendAsync(queue, "old");
        await it.Cloud.SqsAsync("DeleteQueue", new() { ["QueueUrl"] = queue });

        await it.CompactAndKillAsync();

        Assert.Equal("AWS.SimpleQueueService.QueueDeletedRecently;Sender", await it.Cloud.SqsErrorAsync("CreateQueue", new() { ["QueueName"] = "work" }));
        it.Time.Advance(TimeSpan.FromSeconds(61));
        await it.Cloud.CreateQueueAsync("work");
        await it.KillAsync();
        Assert.Empty(await it.Cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_message_comes_back_with_all_it_had()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work");
        await it.Cloud.SqsAsync("SendMessage", new()
        {
            ["QueueUrl"] = queue,
            ["MessageBody"] = "häßlich ✓",
            ["MessageAttributes"] = new JsonObject
            {
                ["text"] = new JsonObject { ["DataType"] = "String", ["StringValue"] = "a" },
                ["bytes"] = new JsonObject { ["DataType"] = "Binary", ["BinaryValue"] = "AAEC" },
            },
            ["MessageSystemAttributes"] = new JsonObject
            {
                ["AWSTraceHeader"] = new JsonObject { ["DataType"] = "String", ["StringValue"] = "Root=1-5759e988-bd862e3fe1be46a994272793" },
            },
        });
        var before = Assert.Single(await it.Cloud.ReceiveAsync(queue, visibility: 0));

        await it.CompactAndKillAsync();
        var after = Assert.Single(await it.Cloud.ReceiveAsync(queue));

        Assert.Equal("2", (string)after["Attributes"]!["ApproximateReceiveCount"]!);
        before["Attributes"]!["ApproximateReceiveCount"] = "2";
        Assert.NotEqual((string)before["ReceiptHandle"]!, (string)after["ReceiptHandle"]!);
        before["ReceiptHandle"] = (string)after["ReceiptHandle"]!;
        Assert.True(JsonNode.DeepEquals(before, after), after.ToJsonString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_consumer_deletes_after_the_restart_what_it_received_before(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work");
        await it.Cloud.SendAsync(queue, "one");
        await it.Cloud.SendAsync(queue, "two");
        var received = await it.Cloud.ReceiveAsync(queue);
        await it.Cloud.DeleteAsync(queue, received[0]);

        await (compacted ? it.CompactAndKillAsync() : it.KillAsync());

        Assert.Empty(await it.Cloud.BodiesAsync(queue));
        await it.Cloud.DeleteAsync(queue, received[1]);
        it.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Empty(await it.Cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_receipt_handle_is_never_given_out_twice()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work");
        await it.Cloud.SendAsync(queue, "one");
        var first = Assert.Single(await it.Cloud.ReceiveAsync(queue));
        await it.Cloud.DeleteAsync(queue, first);
        await it.CompactAndKillAsync();
        await it.Cloud.SendAsync(queue, "two");
        var second = Assert.Single(await it.Cloud.ReceiveAsync(queue, visibility: 0));

        // The old handle deletes nothing.
        await it.Cloud.DeleteAsync(queue, first);

        Assert.NotEqual((string)first["ReceiptHandle"]!, (string)second["ReceiptHandle"]!);
        Assert.Equal(["two"], await it.Cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task What_is_hidden_stays_so_until_its_time_and_what_is_too_old_is_gone()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work", new() { ["MessageRetentionPeriod"] = "3600" });
        await it.Cloud.SendAsync(queue, "old");
        it.Time.Advance(TimeSpan.FromMinutes(59));
        await it.Cloud.SqsAsync("SendMessage", new() { ["QueueUrl"] = queue, ["MessageBody"] = "delayed", ["DelaySeconds"] = 600 });
        await it.Cloud.SendAsync(queue, "held");
        var held = (await it.Cloud.ReceiveAsync(queue, visibility: 30)).Single(message => (string)message["Body"]! == "held");
        await it.Cloud.SqsAsync("ChangeMessageVisibility", new() { ["QueueUrl"] = queue, ["ReceiptHandle"] = (string)held["ReceiptHandle"]!, ["VisibilityTimeout"] = 300 });

        await it.KillAsync(later: TimeSpan.FromMinutes(2));

        Assert.Equal(("0", "1", "1"), await CountsAsync(it.Cloud, queue));
        it.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(["held"], await it.Cloud.BodiesAsync(queue));
        it.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("delayed", await it.Cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task What_retention_removed_does_not_come_back_with_a_longer_retention()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work", new() { ["MessageRetentionPeriod"] = "60" });
        await it.Cloud.SendAsync(queue, "old");
        it.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Empty(await it.Cloud.BodiesAsync(queue));
        await it.Cloud.SqsAsync("SetQueueAttributes", new() { ["QueueUrl"] = queue, ["Attributes"] = new JsonObject { ["MessageRetentionPeriod"] = "3600" } });

        await it.KillAsync();

        Assert.Empty(await it.Cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_purge_holds_and_the_next_one_has_to_wait()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work");
        await it.Cloud.SendAsync(queue, "purged");
        await it.Cloud.SqsAsync("PurgeQueue", new() { ["QueueUrl"] = queue });
        await it.Cloud.SendAsync(queue, "kept");

        await it.KillAsync();

        Assert.Equal("AWS.SimpleQueueService.PurgeQueueInProgress;Sender", await it.Cloud.SqsErrorAsync("PurgeQueue", new() { ["QueueUrl"] = queue }));
        Assert.Equal(["kept"], await it.Cloud.BodiesAsync(queue));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fifo_queue_keeps_order_blocked_groups_and_the_ids_of_five_minutes(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work.fifo", new() { ["FifoQueue"] = "true" });
        var first = await it.Cloud.SendAsync(queue, "a1", "a", "id-1");
        await it.Cloud.SendAsync(queue, "a2", "a", "id-2");
        await it.Cloud.SendAsync(queue, "b1", "b", "id-3");
        var taken = Assert.Single(await it.Cloud.ReceiveAsync(queue, count: 1));
        await it.Cloud.DeleteAsync(queue, Assert.Single(await it.Cloud.ReceiveAsync(queue, count: 1)));

        it.Time.Advance(TimeSpan.FromSeconds(1));
        await (compacted ? it.CompactAndKillAsync() : it.KillAsync());

        // Group a waits for a1, the id of the deleted b1 is remembered like the others.
        Assert.Equal("a1", (string)taken["Body"]!);
        Assert.Empty(await it.Cloud.BodiesAsync(queue));
        var again = await it.Cloud.SendAsync(queue, "a1", "a", "id-1");
        Assert.Equal((string)first["MessageId"]!, (string)again["MessageId"]!);
        await it.Cloud.SendAsync(queue, "b1", "b", "id-3");
        var a3 = await it.Cloud.SendAsync(queue, "a3", "a", "id-4");
        Assert.True(ulong.Parse((string)a3["SequenceNumber"]!, null) > ulong.Parse((string)first["SequenceNumber"]!, null));
        await it.Cloud.DeleteAsync(queue, taken);
        Assert.Equal(["a2", "a3"], await it.Cloud.BodiesAsync(queue));
        it.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.NotEqual((string)first["MessageId"]!, (string)(await it.Cloud.SendAsync(queue, "a1", "a", "id-1"))["MessageId"]!);
    }

    [Fact]
    public async Task A_receive_that_is_repeated_after_the_restart_gets_the_same_messages()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work.fifo", new() { ["FifoQueue"] = "true" });
        await it.Cloud.SendAsync(queue, "one", "a");
        JsonObject receive = new() { ["QueueUrl"] = queue, ["ReceiveRequestAttemptId"] = "try" };
        var before = await it.Cloud.SqsAsync("ReceiveMessage", receive);

        await it.CompactAndKillAsync();

        Assert.True(JsonNode.DeepEquals(before, await it.Cloud.SqsAsync("ReceiveMessage", receive)));
    }

    [Fact]
    public async Task A_dead_letter_is_in_one_queue_and_a_redrive_brings_it_to_one_other()
    {
        await using var it = await PersistentCloud.StartAsync();
        var dead = await it.Cloud.CreateQueueAsync("dead");
        var queue = await it.Cloud.CreateQueueAsync("work", new() { ["RedrivePolicy"] = Redrive(dead, 1) });
        await it.Cloud.SendAsync(queue, "poison");
        await it.Cloud.ReceiveAsync(queue, visibility: 0);
        Assert.Empty(await it.Cloud.BodiesAsync(queue));

        await it.KillAsync();
        Assert.Equal(("0", "0", "0"), await CountsAsync(it.Cloud, queue));
        var letter = Assert.Single(await it.Cloud.ReceiveAsync(dead, visibility: 0));
        Assert.Equal(TestCloud.ArnOf(queue), (string)letter["Attributes"]!["DeadLetterQueueSourceArn"]!);

        await it.Cloud.SqsAsync("StartMessageMoveTask", new() { ["SourceArn"] = TestCloud.ArnOf(dead) });
        it.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("1", "0", "0"), await CountsAsync(it.Cloud, queue));

        // The beat of the journal, which no test waits for, or any answer, writes what no caller waited for.
        await it.KillAsync();
        Assert.Equal(("0", "0", "0"), await CountsAsync(it.Cloud, dead));
        Assert.Equal(["poison"], await it.Cloud.BodiesAsync(queue));
    }

    private static string Redrive(string dead, int count) =>
        new JsonObject { ["deadLetterTargetArn"] = TestCloud.ArnOf(dead), ["maxReceiveCount"] = count }.ToJsonString();

    private static async Task<string> AttributesAsync(TestCloud cloud, string queue) =>
        (await cloud.SqsAsync("GetQueueAttributes", new() { ["QueueUrl"] = queue, ["AttributeNames"] = new JsonArray("All") })).ToJsonString();

    private static async Task<(string Visible, string InFlight, string Delayed)> CountsAsync(TestCloud cloud, string queue)
    {
        var answer = await cloud.SqsAsync("GetQueueAttributes", new() { ["QueueUrl"] = queue, ["AttributeNames"] = new JsonArray("All") });
        var attributes = answer["Attributes"]!;
        return ((string)attributes["ApproximateNumberOfMessages"]!, (string)attributes["ApproximateNumberOfMessagesNotVisible"]!, (string)attributes["ApproximateNumberOfMessagesDelayed"]!);
    }
}
