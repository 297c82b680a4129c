using System.Collections.Concurrent;
using Amazon.Lambda.SQSEvents;
using LocalCloud.Tests;
using Messaging.Consuming;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>
/// What becomes of a message whose handler does not stop when its time is over. Lambda gives 10 s: the handlers' time is over after 8, their grace after 9.
/// Where one at a time is handled, what was handled before the last is settled.
/// </summary>
public sealed class AbandonedTests : IAsyncLifetime
{
    private static readonly TimeSpan Remaining = TimeSpan.FromSeconds(10);
    private readonly FakeTime _time = new();
    private readonly RecordedLog _log = new();
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private readonly ConcurrentQueue<string> _handled = new();
    private readonly TaskCompletionSource<Verdict> _release = new();
    private TestCloud _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await TestCloud.StartAsync();

    [Fact]
    public async Task It_is_an_attempt_whatever_the_handler_answers_later()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("stubborn", null));

        Assert.Equal(["stubborn"], MappedQueue.Texts(batch, await AbandonAsync(queue, batch)));
        _release.SetResult(Verdict.Retry("too late"));

        Assert.Equal([1], _attempts.Values);
        Assert.Equal(batch.Records![0].MessageId, Assert.Single(_attempts.Keys));
        Assert.Equal([20], _log.Ids.Where(id => id is 18 or 20 or 25));
        Assert.Empty(await _cloud.DrainAsync(queue.DeadLetterUrl));
    }

    [Fact]
    public async Task The_last_attempt_makes_a_dead_letter_with_its_story_that_does_not_come_back()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("retry", null), ("stubborn", null));
        _attempts[batch.Records!.Single(r => MappedQueue.Text(r) == "stubborn").MessageId] = 2;

        Assert.Equal(["retry"], MappedQueue.Texts(batch, await AbandonAsync(queue, batch, maxAttempts: 3)));

        var dead = Assert.Single(await _cloud.DrainAsync(queue.DeadLetterUrl));
        Assert.Equal("stubborn", ConsumerTests.Text(dead.Body));
        Assert.Equal(
            ["3", "tests", "TimeoutException", batch.Records![1].MessageId, "3 attempts failed, the last one so: Its handler did not stop when the time was over.", LambdaEvents.Arn("events")],
            dead.MessageAttributes!.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => a.Value.StringValue));
        Assert.Equal([25], _log.Ids.Where(id => id is 18 or 20 or 25));
    }

    [Fact]
    public async Task Where_nobody_counts_attempts_its_receives_are_counted()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("stubborn", null));
        batch.Records![0].Attributes!["ApproximateReceiveCount"] = "10";

        Assert.Empty(await AbandonAsync(queue, batch, counted: false));

        Assert.Equal("10", Assert.Single(await _cloud.DrainAsync(queue.DeadLetterUrl)).MessageAttributes!["DeadLetterAttempts"].StringValue);
    }

    [Fact]
    public async Task A_dead_letter_that_the_queue_does_not_take_stays()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("stubborn", null));

        Assert.Equal(["stubborn"], MappedQueue.Texts(batch, await AbandonAsync(queue with { DeadLetterUrl = queue.Url + "-gone" }, batch, maxAttempts: 1)));

        Assert.Contains(9, _log.Ids);
        Assert.Contains(20, _log.Ids);
    }

    [Fact]
    public async Task A_counter_that_does_not_answer_costs_the_batch_no_answer()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("stubborn", null));
        var asked = new TaskCompletionSource();

        var answer = queue.For(Consumer(), _time, maxAttempts: 1, countAttempt: CountAsync).AnswerAsync(batch.ToBytes(), Remaining);
        await OutOfTimeAsync();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal(["stubborn"], MappedQueue.Texts(batch, await answer));

        async Task<int> CountAsync(string id, CancellationToken cancellationToken)
        {
            asked.SetResult();
            await _release.Task;
            return 1;
        }
    }

    [Fact]
    public async Task Followers_of_a_head_that_dies_so_come_back_at_once_and_in_order()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events.fifo");
        var batch = await queue.DeliverAsync(("stubborn", "a"), ("second", "a"), ("third", "a"));

        Assert.Equal(["second", "third"], MappedQueue.Texts(batch, await AbandonAsync(queue, batch, maxAttempts: 1)));
        await _cloud.Sqs.DeleteMessageAsync(new() { QueueUrl = queue.Url, ReceiptHandle = batch.Records![0].ReceiptHandle }, TestContext.Current.CancellationToken);

        Assert.Equal(["second", "third"], (await queue.ReceiveAsync()).Records!.Select(MappedQueue.Text));
        Assert.Equal(["stubborn"], _handled);
        Assert.Equal("stubborn", ConsumerTests.Text(Assert.Single(await _cloud.DrainAsync(queue.DeadLetterUrl)).Body));
    }

    [Fact]
    public async Task A_handler_that_ends_while_its_message_is_given_up_has_nothing_to_say_any_more()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("stubborn", null));

        var answer = queue.For(Consumer(), _time, maxAttempts: 1, countAttempt: CountAsync).AnswerAsync(batch.ToBytes(), Remaining);
        await OutOfTimeAsync();

        Assert.Empty(await answer);
        Assert.Equal([1], _attempts.Values);
        Assert.Equal(
            "1 attempts failed, the last one so: Its handler did not stop when the time was over.",
            Assert.Single(await _cloud.DrainAsync(queue.DeadLetterUrl)).MessageAttributes!["DeadLetterReason"].StringValue);

        // What waits for the verdict runs within this call.
        Task<int> CountAsync(string id, CancellationToken cancellationToken)
        {
            _release.TrySetResult(Verdict.Retry("too late"));
            return Counted(id, cancellationToken);
        }
    }

    [Fact]
    public async Task A_verdict_that_is_being_carried_out_when_the_time_is_over_is_not_counted_once_more()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("retry", null));

        var answer = queue.For(Consumer(), _time, maxAttempts: 1, countAttempt: CountAsync).AnswerAsync(batch.ToBytes(), Remaining);

        // The counter's own limit of two seconds, and the handlers' end.
        await _time.UntilSomebodyWaitsAsync(timers: 2);
        await OutOfTimeAsync();

        Assert.Equal(["retry"], MappedQueue.Texts(batch, await answer.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)));
        _release.SetResult(Verdict.Done);
        Assert.Equal([1], _attempts.Values);
        Assert.Equal([18], _log.Ids.Where(id => id is 18 or 20));
        Assert.Empty(await _cloud.DrainAsync(queue.DeadLetterUrl));

        async Task<int> CountAsync(string id, CancellationToken cancellationToken)
        {
            var count = await Counted(id, cancellationToken);
            await _release.Task;
            return count;
        }
    }

    [Fact]
    public async Task Of_the_handler_s_end_and_its_abandonment_one_decides()
    {
        var delivery = new Delivery { MessageId = "-", ReceiptHandle = "-", Source = "-", Body = default };
        for (var round = 0; round < 5_000; round++)
        {
            var run = new LaneRun([delivery], CancellationToken.None, CancellationToken.None);
            Assert.True(run.TryBegin(delivery, "-", null));

            var ending = Task.Run(run.TryEnd, TestContext.Current.CancellationToken);
            run.Abandon();

            Assert.Equal(await ending, run.Unfinished is null);
            Assert.False(run.TryBegin(delivery, "-", null));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult(Verdict.Done);
        await _cloud.DisposeAsync();
    }

    private async Task<IReadOnlyList<string>> AbandonAsync(MappedQueue queue, SQSEvent batch, int maxAttempts = 10, bool counted = true)
    {
        var answer = queue.For(Consumer(), _time, concurrency: 1, maxAttempts: maxAttempts, countAttempt: counted ? Counted : null).AnswerAsync(batch.ToBytes(), Remaining);
        await Eventually.TrueAsync(() => _handled.Contains("stubborn"));
        await OutOfTimeAsync();
        return await answer;
    }

    // Moves the clock as soon as the batch waits for it.
    private async Task OutOfTimeAsync()
    {
        await _time.UntilSomebodyWaitsAsync();
        _time.Advance(TimeSpan.FromSeconds(8));
        await _time.UntilSomebodyWaitsAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    private Task<int> Counted(string id, CancellationToken cancellationToken) => Task.FromResult(_attempts.AddOrUpdate(id, 1, (_, n) => n + 1));

    private Consumer Consumer() => ConsumerTests.Consumer(
        (message, _) =>
        {
            _handled.Enqueue(message.Data.Text);
            return message.Data.Text == "stubborn" ? _release.Task : Task.FromResult(Verdict.Retry("test", TimeSpan.FromHours(1)));
        },
        _log);
}
