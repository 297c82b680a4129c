using System.Collections.Concurrent;
using Amazon.Lambda.SQSEvents;
using Messaging.Consuming;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>Batches from real queues, as the bytes that Lambda hands over.</summary>
public sealed class LambdaBatchTests : IAsyncLifetime
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(30);
    private readonly ConcurrentQueue<string> _handled = new();
    private TestCloud _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await TestCloud.StartAsync();

    [Theory]
    [InlineData("events")]
    [InlineData("events.fifo")]
    public async Task Bytes_are_answered_as_the_typed_event_is(string name)
    {
        var queue = await MappedQueue.CreateAsync(_cloud, name);
        var batch = await queue.DeliverAsync(("a1", "a"), ("b1", "b"), ("retry", "a"), ("a3", "a"), ("dead", "b"), ("throw", "c"));
        var consumer = ConsumerTests.Consumer(HandleAsync);

        var typed = await queue.For(consumer, TimeProvider.System).HandleAsync(batch, Ample, TestContext.Current.CancellationToken);
        var handled = _handled.Order().ToArray();
        _handled.Clear();
        var bytes = await queue.For(consumer, TimeProvider.System).AnswerAsync(batch.ToBytes(), Ample);

        Assert.Equal(typed.BatchItemFailures!.Select(f => f.ItemIdentifier!).Order(), bytes.Order());
        Assert.Equal(handled, _handled.Order());
        string[] expected = name == "events" ? ["retry", "throw"] : ["a3", "retry", "throw"];
        Assert.Equal(expected, MappedQueue.Texts(batch, bytes));
    }

    [Fact]
    public async Task A_record_without_a_body_comes_back_and_its_neighbours_are_done()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("good", null), ("odd", null));
        var odd = batch.Records!.Single(r => MappedQueue.Text(r) == "odd");
        (odd.Body, odd.Attributes, odd.ReceiptHandle, odd.EventSourceArn) = (null!, null, null!, null);

        var failed = await queue.For(ConsumerTests.Consumer(HandleAsync), TimeProvider.System).AnswerAsync(batch.ToBytes(), Ample);

        Assert.Equal([odd.MessageId], failed);
        Assert.Equal(["good"], _handled);
    }

    [Fact]
    public async Task A_message_that_was_handed_out_twice_is_named_once()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("retry", null));
        var twice = new SQSEvent { Records = [batch.Records![0], batch.Records[0]] };

        var failed = await queue.For(ConsumerTests.Consumer(HandleAsync), TimeProvider.System).AnswerAsync(twice.ToBytes(), Ample);

        Assert.Equal([batch.Records[0].MessageId], failed);
        Assert.Equal(["retry", "retry"], _handled);
    }

    [Fact]
    public async Task An_empty_batch_is_answered()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");

        Assert.Empty(await queue.For(ConsumerTests.Consumer(HandleAsync), TimeProvider.System).AnswerAsync("""{"Records":[]}"""u8.ToArray(), Ample));
    }

    [Fact]
    public async Task An_event_of_another_service_fails_the_invocation()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = queue.For(ConsumerTests.Consumer(HandleAsync), TimeProvider.System);

        await Assert.ThrowsAsync<InvalidDataException>(() => batch.AnswerAsync("""{"source":"aws.events"}"""u8.ToArray(), Ample));
        await Assert.ThrowsAsync<InvalidDataException>(() => batch.HandleAsync(new SQSEvent(), Ample, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_batch_that_is_called_off_is_not_answered()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("good", null));
        using var message = new MemoryStream(batch.ToBytes());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => queue.For(ConsumerTests.Consumer(HandleAsync), TimeProvider.System).HandleAsync(message, Ample, new CancellationToken(canceled: true)));
    }

    public async ValueTask DisposeAsync() => await _cloud.DisposeAsync();

    private Task<Verdict> HandleAsync(Received<Greeting> message, CancellationToken cancellationToken)
    {
        _handled.Enqueue(message.Data.Text);
        return Task.FromResult(message.Data.Text switch
        {
            "retry" => Verdict.Retry("test", TimeSpan.FromHours(1)),
            "throw" => throw new InvalidOperationException(),
            "dead" => Verdict.DeadLetter("dead-lettered"),
            _ => Verdict.Done,
        });
    }
}
