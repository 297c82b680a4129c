using System.Collections.Concurrent;
using Amazon.Lambda.SQSEvents;
using Amazon.SQS.Model;
using Messaging.Consuming;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>Batches from real queues, with answers that the queues show.</summary>
public sealed class SqsBatchTests : IAsyncLifetime
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(30);
    private readonly ConcurrentQueue<string> _handled = new();
    private TestCloud _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await TestCloud.StartAsync();

    [Fact]
    public async Task Each_message_of_a_standard_queue_gets_its_own_answer()
    {
        var queue = await QueueAsync("events");
        await SendAsync(queue, ("good", null), ("retry", null), ("throw", null), ("discard", null), ("dead", null));
        await _cloud.Sqs.SendMessageAsync(new() { QueueUrl = queue.Url, MessageBody = "garbage" }, TestContext.Current.CancellationToken);
        var batch = await ReceiveAsync(queue);

        var response = await Batch(queue).HandleAsync(batch, Ample, TestContext.Current.CancellationToken);

        Assert.Equal(["retry", "throw"], Texts(batch, response).Order());
        var dead = await _cloud.DrainAsync(queue.DeadLetterUrl);
        Assert.Equal(["garbage", "dead-lettered"], dead.Select(m => m.Body == "garbage" ? "garbage" : m.MessageAttributes!["DeadLetterReason"].StringValue).OrderDescending());
    }

    [Fact]
    public async Task A_poison_message_holds_back_only_its_own_group()
    {
        var queue = await QueueAsync("events.fifo");
        await SendAsync(queue, ("a1", "a"), ("b1", "b"), ("retry", "a"), ("a3", "a"), ("b2", "b"), ("a4", "a"));
        var batch = await ReceiveAsync(queue);

        var response = await Batch(queue).HandleAsync(batch, Ample, TestContext.Current.CancellationToken);

        Assert.Equal(["a3", "a4", "retry"], Texts(batch, response).Order());
        Assert.Equal(["a1", "retry"], _handled.Where(t => t[0] == 'a' || t == "retry"));
        Assert.Equal(["b1", "b2"], _handled.Where(t => t[0] == 'b'));
    }

    [Fact]
    public async Task What_is_handed_back_of_a_group_comes_back_at_once_and_in_order()
    {
        var queue = await QueueAsync("events.fifo");
        await SendAsync(queue, ("retry-now", "a"), ("a2", "a"), ("a3", "a"));
        await Batch(queue).HandleAsync(await ReceiveAsync(queue), Ample, TestContext.Current.CancellationToken);

        // The queue's own visibility timeout is 30 s: only the delay that the batch set can bring them back now.
        var again = await ReceiveAsync(queue);

        Assert.Equal(["retry-now", "a2", "a3"], again.Records!.Select(Text));
    }

    [Fact]
    public async Task A_dead_letter_travels_with_its_story()
    {
        var queue = await QueueAsync("events.fifo");
        await SendAsync(queue, ("dead", "a"));
        var batch = await ReceiveAsync(queue);

        var response = await Batch(queue).HandleAsync(batch, Ample, TestContext.Current.CancellationToken);

        Assert.Empty(response.BatchItemFailures!);
        var dead = Assert.Single(await _cloud.DrainAsync(queue.DeadLetterUrl));
        Assert.Equal(batch.Records![0].Body, dead.Body);
        Assert.Equal("dead-lettered", dead.MessageAttributes!["DeadLetterReason"].StringValue);
        Assert.Equal("1", dead.MessageAttributes!["DeadLetterAttempts"].StringValue);
        Assert.Equal("tests", dead.MessageAttributes!["DeadLetterConsumer"].StringValue);
        Assert.Equal(batch.Records[0].MessageId, dead.MessageAttributes!["DeadLetterMessageId"].StringValue);
        Assert.Equal(batch.Records[0].EventSourceArn, dead.MessageAttributes!["DeadLetterSource"].StringValue);
        Assert.Equal("a", dead.Attributes!["MessageGroupId"]);
    }

    [Fact]
    public async Task A_message_that_the_dead_letter_queue_does_not_take_stays()
    {
        var queue = await QueueAsync("events");
        await SendAsync(queue, ("dead", null));
        var batch = await ReceiveAsync(queue);

        var response = await Batch(queue with { DeadLetterUrl = queue.Url + "-gone" }).HandleAsync(batch, Ample, TestContext.Current.CancellationToken);

        Assert.Equal(["dead"], Texts(batch, response));
    }

    [Fact]
    public async Task What_has_not_started_when_the_time_is_over_is_handed_back_and_what_runs_is_cancelled()
    {
        var queue = await QueueAsync("events.fifo");
        await SendAsync(queue, ("good", "b"), ("endless", "a"), ("a2", "a"));
        var batch = await ReceiveAsync(queue);

        var response = await Batch(queue).HandleAsync(batch, TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);

        Assert.Equal(["a2", "endless"], Texts(batch, response).Order());
        Assert.Contains("good", _handled);
        Assert.DoesNotContain("a2", _handled);
    }

    public async ValueTask DisposeAsync() => await _cloud.DisposeAsync();

    private sealed record TestQueue(string Url, string DeadLetterUrl, string Name);

    private async Task<TestQueue> QueueAsync(string name) => new(await _cloud.CreateQueueAsync(name), await _cloud.CreateQueueAsync($"dead-{name}"), name);

    private async Task SendAsync(TestQueue queue, params IEnumerable<(string Text, string? Group)> messages)
    {
        foreach (var (text, group) in messages)
        {
            await _cloud.Sqs.SendMessageAsync(
                new() { QueueUrl = queue.Url, MessageBody = ConsumerTests.Body(text, text), MessageGroupId = group, MessageDeduplicationId = group is null ? null : text },
                TestContext.Current.CancellationToken);
        }
    }

    private SqsBatch Batch(TestQueue queue) => new(
        ConsumerTests.Consumer(HandleAsync), _cloud.Sqs, new() { QueueUrl = queue.Url, DeadLetterQueueUrl = queue.DeadLetterUrl }, TimeProvider.System);

    private async Task<Verdict> HandleAsync(Received<Greeting> message, CancellationToken cancellationToken)
    {
        _handled.Enqueue(message.Data.Text);
        if (message.Data.Text == "endless")
            await Task.Delay(Timeout.Infinite, cancellationToken);
        return message.Data.Text switch
        {
            "retry" => Verdict.Retry("test", TimeSpan.FromHours(1)),
            "retry-now" => Verdict.Retry("test", TimeSpan.Zero),
            "throw" => throw new InvalidOperationException(),
            "discard" => Verdict.Discard("test"),
            "dead" => Verdict.DeadLetter("dead-lettered"),
            _ => Verdict.Done,
        };
    }

    /// <summary>What Lambda would hand over.</summary>
    private async Task<SQSEvent> ReceiveAsync(TestQueue queue)
    {
        var response = await _cloud.Sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = queue.Url, MaxNumberOfMessages = 10, WaitTimeSeconds = 5, MessageSystemAttributeNames = ["All"] },
            TestContext.Current.CancellationToken);
        return new()
        {
            Records = [.. response.Messages!.Select(m => new SQSEvent.SQSMessage
            {
                MessageId = m.MessageId,
                ReceiptHandle = m.ReceiptHandle,
                Body = m.Body,
                Attributes = m.Attributes,
                EventSourceArn = $"arn:aws:sqs:us-east-1:000000000000:{queue.Name}",
            })],
        };
    }

    private static string Text(SQSEvent.SQSMessage message) =>
        message.Body!.Split("\"text\":\"")[1].Split('"')[0];

    private static IEnumerable<string> Texts(SQSEvent batch, SQSBatchResponse response) =>
        response.BatchItemFailures!.Select(f => Text(batch.Records!.Single(r => r.MessageId == f.ItemIdentifier)));
}
