using LocalCloud.Tests;
using Messaging.Consuming;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>How long a worker keeps what it works on: cloud and worker by one clock that only the test moves.</summary>
public sealed class PollingHeartbeatTests
{
    private const string Change = "ChangeMessageVisibilityBatch";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task A_message_stays_hidden_while_it_is_worked_on()
    {
        var time = new FakeTime();
        await using var queue = await PolledQueue.CreateAsync("work", time);
        var gate = new TaskCompletionSource();
        await queue.SendAsync("long");
        await queue.StartAsync(Waiting(gate));
        await Eventually.TrueAsync(() => queue.Begun.Count == 1);

        await BeatAsync(queue, time, beats: 10);
        gate.SetResult();

        await UntilEmptyAsync(queue, time);
        Assert.Equal(["long"], queue.Begun);
        Assert.Equal(["long"], queue.Ended);
    }

    [Fact]
    public async Task A_whole_group_stays_hidden_while_its_first_message_is_worked_on()
    {
        var time = new FakeTime();
        await using var queue = await PolledQueue.CreateAsync("work.fifo", time);
        var gate = new TaskCompletionSource();
        await queue.SendAsync(("a1", "a"), ("a2", "a"), ("a3", "a"));
        await queue.StartAsync(Waiting(gate));
        await Eventually.TrueAsync(() => queue.Begun.Count == 1);

        await BeatAsync(queue, time, beats: 10);
        Assert.Equal((0, 3), await queue.CountAsync());
        gate.SetResult();

        await queue.UntilEmptyAsync();
        Assert.Equal(["a1", "a2", "a3"], queue.Begun);
        Assert.Equal(10, queue.Calls(Change));
    }

    [Fact]
    public async Task A_handler_that_takes_too_long_is_cancelled_and_its_message_comes_back()
    {
        var time = new FakeTime();
        await using var queue = await PolledQueue.CreateAsync("work", time);
        queue.Options = queue.Options with { MaxProcessingTime = TimeSpan.FromMinutes(1) };
        var cancelled = new TaskCompletionSource();
        await queue.SendAsync("endless");
        await queue.StartAsync(async (text, ct) =>
        {
            if (queue.Begun.Count > 1)
                return Verdict.Done;
            await using var registration = ct.Register(cancelled.SetResult);
            return await PollingTests.Endless(text, ct);
        });
        await Eventually.TrueAsync(() => queue.Begun.Count == 1);

        await BeatAsync(queue, time, beats: 4);
        Assert.False(cancelled.Task.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(13));
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        await UntilEmptyAsync(queue, time);
        Assert.Equal(["endless", "endless"], queue.Begun);
        Assert.Contains(45, queue.Log.Ids);
    }

    [Fact]
    public async Task A_handler_that_ignores_its_cancellation_keeps_its_slot_but_neither_its_message_nor_its_outcome()
    {
        var time = new FakeTime();
        await using var queue = await PolledQueue.CreateAsync("work", time);
        queue.Options = queue.Options with { MaxProcessingTime = TimeSpan.FromSeconds(20), MaxInFlight = 1, DrainTimeout = TimeSpan.Zero };
        var gate = new TaskCompletionSource();
        await queue.SendAsync("deaf");
        await queue.StartAsync(async (_, _) =>
        {
            await gate.Task;
            return queue.Begun.Count == 1 ? Verdict.DeadLetter("too late to count") : Verdict.Done;
        });
        await Eventually.TrueAsync(() => queue.Begun.Count == 1);

        await BeatAsync(queue, time, beats: 1);
        time.Advance(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => queue.Log.Ids.Contains(45));
        time.Advance(TimeSpan.FromSeconds(11));
        await Eventually.TrueAsync(() => queue.Log.Ids.Contains(20));
        Assert.Equal((0, 1), await queue.CountAsync());
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((1, 0), await queue.CountAsync());
        gate.SetResult();
        await Eventually.TrueAsync(() => queue.Begun.Count == 2);
        Assert.Empty(await queue.Cloud.DrainAsync(queue.Options.DeadLetterQueueUrl));
    }

    [Fact]
    public async Task The_handler_of_a_message_that_is_not_ours_any_more_is_cancelled()
    {
        var time = new FakeTime();
        await using var queue = await PolledQueue.CreateAsync("work", time);
        var cancelled = new TaskCompletionSource();
        await queue.SendAsync("taken");
        await queue.StartAsync(async (text, ct) =>
        {
            await using var registration = ct.Register(cancelled.SetResult);
            return await PollingTests.Endless(text, ct);
        });
        await Eventually.TrueAsync(() => queue.Begun.Count == 1);

        await queue.PurgeAsync();
        time.Advance(Step);

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Contains(46, queue.Log.Ids);
        Assert.Equal(1, queue.Calls(Change));
    }

    private static Func<string, CancellationToken, Task<Verdict>> Waiting(TaskCompletionSource gate) => async (_, ct) =>
    {
        await gate.Task.WaitAsync(ct);
        return Verdict.Done;
    };

    // A third of the visibility timeout of 30 seconds is over at each step, and one call must follow.
    private static async Task BeatAsync(PolledQueue queue, FakeTime time, int beats)
    {
        for (var i = 0; i < beats; i++)
        {
            var before = queue.Calls(Change);
            var (_, hidden) = await queue.CountAsync();
            time.Advance(Step);
            await Eventually.TrueAsync(() => queue.Calls(Change) == before + 1);
            Assert.Equal((0, hidden), await queue.CountAsync());
        }
    }

    private static Task UntilEmptyAsync(PolledQueue queue, FakeTime time) => Eventually.TrueAsync(async () =>
    {
        time.Advance(TimeSpan.FromMilliseconds(100));
        return await queue.CountAsync() == (0, 0);
    });
}
