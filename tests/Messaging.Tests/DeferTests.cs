using System.Collections.Concurrent;
using Amazon.SQS.Model;
using Messaging.Consuming;

namespace Messaging.Tests;

/// <summary>Messages that are not due yet, by the queue's own clock.</summary>
public sealed class DeferTests
{
    private readonly ConcurrentQueue<string> _handled = new();

    [Fact]
    public async Task A_message_that_is_deferred_ten_times_is_handled_in_the_end_whatever_the_max_receive_count()
    {
        await using var queue = await ClockedQueue.StartAsync("events", maxReceiveCount: 3);
        queue.Options = queue.Options with { MaxAttempts = 1, CountAttempt = (_, _) => throw new InvalidOperationException("Nothing failed.") };
        await queue.SendAsync("a");

        for (var hour = 0; hour < 30; hour++)
        {
            await queue.HandleAllAsync(Deferring(queue, times: 10, TimeSpan.FromHours(2)));
            queue.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal([.. Enumerable.Repeat("deferred a", 10), "done a"], _handled);
        Assert.Empty(await queue.DeadLettersAsync());
    }

    [Fact]
    public async Task A_copy_that_arrives_before_it_is_due_waits_on_without_its_handler()
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        await queue.SendAsync("a");
        var consumer = Deferring(queue, times: 1, TimeSpan.FromMinutes(40));
        await queue.HandleAllAsync(consumer);

        queue.Time.Advance(TimeSpan.FromMinutes(15));
        await queue.HandleAllAsync(consumer);
        queue.Time.Advance(TimeSpan.FromMinutes(15));
        await queue.HandleAllAsync(consumer);
        Assert.Equal(["deferred a"], _handled);

        queue.Time.Advance(TimeSpan.FromMinutes(10));
        await queue.HandleAllAsync(consumer);
        Assert.Equal(["deferred a", "done a"], _handled);
    }

    [Fact]
    public async Task The_copy_has_the_body_the_attributes_the_group_and_the_trace_of_the_original()
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        var body = ConsumerTests.Body("a", "Grüße \u2028 😀 <&>");
        await queue.SendRawAsync(
            body, group: "tenant", trace: "Root=1-5759e988-bd862e3fe1be46a994272793",
            attributes: new()
            {
                ["type"] = new() { DataType = "String.type", StringValue = "greeting" },
                ["n"] = new() { DataType = "Number", StringValue = "7" },
                ["raw"] = new() { DataType = "Binary", BinaryValue = new([1, 2, 3]) },
            });
        await queue.HandleAllAsync(Deferring(queue, times: 1, TimeSpan.FromSeconds(90.5)));

        queue.Time.Advance(TimeSpan.FromSeconds(90));
        Assert.Empty((await queue.ReceiveAsync()).Records!);
        queue.Time.Advance(TimeSpan.FromSeconds(1));
        var copy = Assert.Single((await queue.ReceiveAsync()).Records!);

        Assert.Equal(body, copy.Body);
        Assert.Equal(("tenant", "Root=1-5759e988-bd862e3fe1be46a994272793", "1"),
            (copy.Attributes!["MessageGroupId"], copy.Attributes["AWSTraceHeader"], copy.Attributes["ApproximateReceiveCount"]));
        Assert.Equal(["NotBefore", "n", "raw", "type"], copy.MessageAttributes!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("String.type", "greeting"), (copy.MessageAttributes["type"].DataType, copy.MessageAttributes["type"].StringValue));
        Assert.Equal([1, 2, 3], copy.MessageAttributes["raw"].BinaryValue!.ToArray());
        Assert.Equal("2026-11-20T12:01:30.5000000+00:00", copy.MessageAttributes["NotBefore"].StringValue);
    }

    [Fact]
    public async Task Where_ten_attributes_leave_no_place_for_it_the_handler_says_again_when_it_is_due()
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        var ten = Enumerable.Range(0, 10).ToDictionary(i => $"a{i}", i => new MessageAttributeValue { DataType = "Number", StringValue = $"{i}" });
        await queue.SendAsync("a", attributes: ten);
        var consumer = Deferring(queue, times: 2, TimeSpan.FromMinutes(30));
        await queue.HandleAllAsync(consumer);

        queue.Time.Advance(TimeSpan.FromMinutes(15));
        var copy = await queue.ReceiveAsync();

        Assert.Equal(ten.Keys, copy.Records![0].MessageAttributes!.Keys.Order());
        await queue.HandleAsync(copy, consumer);
        Assert.Equal(["deferred a", "deferred a"], _handled);
    }

    [Fact]
    public async Task A_message_is_hidden_where_it_is_when_no_copy_can_be_sent()
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        await queue.SendAsync("a");
        var batch = await queue.ReceiveAsync();
        queue.Break("SendMessage");

        Assert.Equal(["a"], await queue.HandleAsync(batch, Deferring(queue, times: 1, TimeSpan.FromHours(1))));

        queue.Mend();
        queue.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty((await queue.ReceiveAsync()).Records!);
        queue.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("2", Assert.Single((await queue.ReceiveAsync()).Records!).Attributes!["ApproximateReceiveCount"]);
    }

    [Theory]
    [InlineData("events")]
    [InlineData("events.fifo")]
    public async Task A_time_that_has_passed_is_a_second_from_now(string name)
    {
        await using var queue = await ClockedQueue.StartAsync(name);
        await queue.SendAsync("a", group: queue.IsFifo ? "a" : null);

        await queue.HandleAllAsync(Deferring(queue, times: 1, TimeSpan.FromHours(-1)));
        Assert.Equal(["deferred a"], _handled);

        queue.Time.Advance(TimeSpan.FromSeconds(1));
        await queue.HandleAllAsync(Deferring(queue, times: 1, TimeSpan.Zero));
        Assert.Equal(["deferred a", "done a"], _handled);
    }

    [Fact]
    public async Task A_group_waits_behind_its_deferred_message_and_keeps_its_order()
    {
        await using var queue = await ClockedQueue.StartAsync("events.fifo");
        foreach (var text in new[] { "a", "b", "c" })
            await queue.SendAsync(text, group: "a");
        await queue.SendAsync("other", group: "b");
        var consumer = Deferring(queue, times: 1, TimeSpan.FromHours(1));

        await queue.HandleAllAsync(consumer);
        await queue.SendAsync("d", group: "a");
        queue.Time.Advance(TimeSpan.FromMinutes(59));
        await queue.HandleAllAsync(consumer);
        Assert.Equal(["deferred a", "done other"], _handled.Order());

        queue.Time.Advance(TimeSpan.FromMinutes(1));
        await queue.HandleAllAsync(consumer);
        Assert.Equal(["done a", "done b", "done c", "done d"], _handled.Skip(2));
        Assert.Equal(4, queue.Calls("SendMessage") - 1);
    }

    [Fact]
    public async Task On_a_fifo_queue_the_attribute_of_a_copy_means_nothing()
    {
        await using var queue = await ClockedQueue.StartAsync("events.fifo");
        await queue.SendAsync("a", group: "a", attributes: NotBefore("2099-01-01T00:00:00Z"));

        await queue.HandleAllAsync(Deferring(queue, times: 0, TimeSpan.Zero));

        Assert.Equal(["done a"], _handled);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("2026-11-20T12:00:00Z")]
    [InlineData("2026-11-20T11:00:00-02:00 and a tail that makes it too long to be a time at all")]
    public async Task What_names_no_time_to_come_keeps_no_message_from_its_handler(string notBefore)
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        await queue.SendAsync("a", attributes: NotBefore(notBefore));

        await queue.HandleAllAsync(Deferring(queue, times: 0, TimeSpan.Zero));

        Assert.Equal(["done a"], _handled);
    }

    private static Dictionary<string, MessageAttributeValue> NotBefore(string text) => new() { ["NotBefore"] = new() { DataType = "String", StringValue = text } };

    /// <summary>Defers the message "a" so many times, and is done with every other.</summary>
    private Consumer Deferring(ClockedQueue queue, int times, TimeSpan by) => ConsumerTests.Consumer((message, _) =>
    {
        var defers = message.Event.Id == "a" && _handled.Count(h => h == "deferred a") < times;
        _handled.Enqueue(defers ? "deferred a" : $"done {message.Event.Id}");
        return Task.FromResult(defers ? Verdict.Defer(queue.Time.GetUtcNow() + by, "not yet due") : Verdict.Done);
    });
}
