using System.Collections.Concurrent;
using Amazon.Lambda.SQSEvents;
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
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        await queue.SendAsync(("good", null), ("retry", null), ("throw", null), ("discard", null), ("dead", null));
        await _cloud.Sqs.SendMessageAsync(new() { QueueUrl = queue.Url, MessageBody = "garbage" }, TestContext.Current.CancellationToken);
        var batch = await queue.ReceiveAsync(waitSeconds: 5);

        var response = await Batch(queue).HandleAsync(batch, Ample, TestContext.Current.CancellationToken);

        Assert.Equal(["retry", "throw"], Texts(batch, response).Order());
        var dead = await _cloud.DrainAsync(queue.DeadLetterUrl);
        Assert.Equal(["garbage", "dead-lettered"], dead.Select(m => m.Body == "garbage" ? "garbage" : m.MessageAttributes!["DeadLetterReason"].StringValue).OrderDescending());
    }

    [Fact]
    public async Task A_poison_message_holds_back_only_its_own_group()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events.fifo");
        await queue.SendAsync(("a1", "a"), ("b1", "b"), ("retry", "a"), ("a3", "a"), ("b2", "b"), ("a4", "a"));
        var batch = await queue.ReceiveAsync(waitSeconds: 5);

        var response = await Batch(queue).HandleAsync(batch, Ample, TestContext.Current.CancellationToken);

        Assert.Equal(["a3", "a4", "retry"], Texts(batch, response).Order());
        Assert.Equal(["a1", "retry"], _handled.Where(t => t[0] == 'a' || t == "retry"));
        Assert.Equal(["b1", "b2"], _handled.Where(t => t[0] == 'b'));
    }

    [Fact]
    public async Task What_is_handed_back_of_a_group_comes_back_at_once_and_in_order()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events.fifo");
        await queue.SendAsync(("retry-now", "a"), ("a2", "a"), ("a3", "a"));
        await Batch(queue).HandleAsync(await queue.ReceiveAsync(waitSeconds: 5), Ample, TestContext.Current.CancellationToken);

        // The queue's own visibility timeout is 30 s: only the delay that the batch set can bring them back now.
        var again = await queue.ReceiveAsync(waitSeconds: 5);

        Assert.Equal(["retry-now", "a2", "a3"], again.Records!.Select(MappedQueue.Text));
    }

    [Fact]
    public async Task A_dead_letter_travels_with_its_story()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events.fifo");
        await queue.SendAsync(("dead", "a"));
        var batch = await queue.ReceiveAsync(waitSeconds: 5);

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
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        await queue.SendAsync(("dead", null));
        var batch = await queue.ReceiveAsync(waitSeconds: 5);

        var response = await Batch(queue with { DeadLetterUrl = queue.Url + "-gone" }).HandleAsync(batch, Ample, TestContext.Current.CancellationToken);

        Assert.Equal(["dead"], Texts(batch, response));
    }

    public async ValueTask DisposeAsync() => await _cloud.DisposeAsync();

    private SqsBatch Batch(MappedQueue queue) => queue.For(ConsumerTests.Consumer(HandleAsync), TimeProvider.System);

    private Task<Verdict> HandleAsync(Received<Greeting> message, CancellationToken cancellationToken)
    {
        _handled.Enqueue(message.Data.Text);
        return Task.FromResult(message.Data.Text switch
        {
            "retry" => Verdict.Retry("test", TimeSpan.FromHours(1)),
            "retry-now" => Verdict.Retry("test", TimeSpan.Zero),
            "throw" => throw new InvalidOperationException(),
            "discard" => Verdict.Discard("test"),
            "dead" => Verdict.DeadLetter("dead-lettered"),
            _ => Verdict.Done,
        });
    }

    private static IEnumerable<string> Texts(SQSEvent batch, SQSBatchResponse response) =>
        response.BatchItemFailures!.Select(f => MappedQueue.Text(batch.Records!.Single(r => r.MessageId == f.ItemIdentifier)));
}
