namespace LocalCloud.Tests.Sns;

public class FifoTopicTests
{
    [Fact]
    public async Task Every_queue_gets_a_group_s_messages_in_the_order_of_their_sequence_numbers()
    {
        await using var cloud = await TestCloud.StartAsync();
        string[] queues = [await cloud.CreateQueueAsync("a.fifo", new() { ["FifoQueue"] = "true" }), await cloud.CreateQueueAsync("b.fifo", new() { ["FifoQueue"] = "true" })];
        var topic = await cloud.CreateTopicAsync("ledger.fifo", ("FifoTopic", "true"));
        foreach (var queue in queues)
        {
            await cloud.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"));
        }

        // Concurrent publishers: whatever order they got, all queues see the same one.
        var numbers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => PublishAsync(cloud, topic, $"{i}", $"{i}")));
        var expected = numbers.Select((number, i) => (number, Body: $"{i}")).OrderBy(sent => sent.number).Select(sent => sent.Body).ToArray();

        Assert.Equal(expected, await cloud.BodiesAsync(queues[0]));
        Assert.Equal(expected, await cloud.BodiesAsync(queues[1]));
    }

    [Fact]
    public async Task A_duplicate_within_five_minutes_is_delivered_once()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("plain");
        var topic = await cloud.CreateTopicAsync("ledger.fifo", ("FifoTopic", "true"));
        await cloud.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"));

        var first = await PublishAsync(cloud, topic, "one", "D");
        Assert.Equal(first, await PublishAsync(cloud, topic, "two", "D"));
        cloud.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await PublishAsync(cloud, topic, "three", "D") > first);

        Assert.Equal(["one", "three"], await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task Types_that_do_not_go_together_are_refused()
    {
        await using var cloud = await TestCloud.StartAsync();
        var fifo = await cloud.CreateTopicAsync("ledger.fifo", ("FifoTopic", "true"));
        var standard = await cloud.CreateTopicAsync("events");

        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("CreateTopic", [("Name", "ledger"), .. TestCloud.Entries(("FifoTopic", "true"))]));
        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("Publish", ("TopicArn", fifo), ("Message", "x"), ("MessageDeduplicationId", "d")));
        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("Subscribe", ("TopicArn", fifo), ("Protocol", "http"), ("Endpoint", "http://127.0.0.1/")));
        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("Subscribe", ("TopicArn", standard), ("Protocol", "sqs"), ("Endpoint", "arn:aws:sqs:us-east-1:000000000000:a.fifo")));
    }

    private static async Task<ulong> PublishAsync(TestCloud cloud, string topic, string message, string deduplication) => ulong.Parse(
        (await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", message), ("MessageGroupId", "g"), ("MessageDeduplicationId", deduplication))).Descendants("SequenceNumber").Single().Value,
        System.Globalization.CultureInfo.InvariantCulture);
}
