using Messaging.Consuming;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>How a worker ends. Visibility timeouts are far too long for a test: what is visible again was handed back.</summary>
public sealed class PollingDrainTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("work")]
    [InlineData("work.fifo")]
    public async Task What_runs_may_end_and_is_acknowledged_and_what_has_not_started_goes_back_at_once(string name)
    {
        await using var queue = await PolledQueue.CreateAsync(name);
        var fifo = queue.Options.IsFifo;
        queue.Options = queue.Options with { VisibilityTimeout = Long, DrainTimeout = TimeSpan.FromMinutes(1), MaxInFlight = fifo ? 10 : 1 };
        var gate = new TaskCompletionSource();
        await queue.SendAsync(PollingTests.Texts(4).Select(text => (text, fifo ? "a" : null)));
        var worker = await queue.StartAsync(async (_, ct) =>
        {
            await gate.Task.WaitAsync(ct);
            return Verdict.Done;
        });
        await Eventually.TrueAsync(() => queue.Begun.Count == 1);

        var stopping = worker.StopAsync(Ct);
        await Eventually.TrueAsync(async () => (await queue.CountAsync()).Hidden == 1);
        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        await stopping;

        Assert.Equal((3, 0), await queue.CountAsync());
        Assert.Single(queue.Begun);
        Assert.Single(queue.Ended);
    }

    [Theory]
    [InlineData("work")]
    [InlineData("work.fifo")]
    public async Task What_does_not_end_in_time_is_cancelled_and_goes_back_at_once(string name)
    {
        await using var queue = await PolledQueue.CreateAsync(name);
        queue.Options = queue.Options with { VisibilityTimeout = Long, DrainTimeout = TimeSpan.Zero, MaxInFlight = 20 };
        var texts = PollingTests.Texts(15);
        await queue.SendAsync(texts.Select(text => (text, queue.Options.IsFifo ? text : null)));
        var worker = await queue.StartAsync(PollingTests.Endless);
        await Eventually.TrueAsync(() => queue.Begun.Count == 15);

        await worker.StopAsync(Ct);

        Assert.Equal((15, 0), await queue.CountAsync());
    }

    [Fact]
    public async Task A_handler_that_ignores_its_cancellation_is_left_behind_with_its_message_and_uses_no_attempt_up()
    {
        await using var queue = await PolledQueue.CreateAsync("work");
        var attempts = 0;
        queue.Options = queue.Options with { VisibilityTimeout = Long, DrainTimeout = TimeSpan.Zero, CountAttempt = (_, _) => Task.FromResult(++attempts) };
        var gate = new TaskCompletionSource();
        await queue.SendAsync("deaf");
        var worker = await queue.StartAsync(async (_, _) =>
        {
            await gate.Task;
            return Verdict.Done;
        });
        await Eventually.TrueAsync(() => queue.Begun.Count == 1);

        await worker.StopAsync(Ct);

        Assert.Contains(49, queue.Log.Ids);
        Assert.Equal(0, attempts);
        gate.SetResult();
        await Eventually.TrueAsync(() => queue.Ended.Count == 1);
        Assert.Equal((0, 1), await queue.CountAsync());
    }

    [Fact]
    public async Task Nothing_is_received_after_the_stop()
    {
        await using var queue = await PolledQueue.CreateAsync("work");
        queue.Options = queue.Options with { VisibilityTimeout = TimeSpan.FromSeconds(5) };
        var worker = await queue.StartAsync(PollingTests.Done);
        await Eventually.TrueAsync(() => worker.ExecuteTask is not null);

        await worker.StopAsync(Ct);
        await queue.SendAsync("late");

        // The queue may not have noticed yet that nobody waits for its answer: then the message is hidden for a while, and comes back.
        await Eventually.TrueAsync(async () => await queue.CountAsync() == (1, 0));
        Assert.Empty(queue.Begun);
    }

    [Fact]
    public async Task What_a_receive_took_whose_answer_was_lost_goes_back_when_the_worker_stops()
    {
        await using var queue = await PolledQueue.CreateAsync("work.fifo", new LocalCloud.Tests.FakeTime(), TimeProvider.System);
        queue.Options = queue.Options with { VisibilityTimeout = Long };
        queue.Cloud.Server.SetFaults(new() { Rules = [new() { Service = "sqs", Action = "ReceiveMessage", Kind = LocalCloud.Faults.FaultKind.LostResponse }] });
        await queue.SendAsync(("a1", "a"), ("a2", "a"));
        var worker = await queue.StartAsync(PollingTests.Done);

        // The worker's clock stands still, so it waits to try again until it is stopped.
        await Eventually.TrueAsync(() => queue.Log.Ids.Contains(40));
        Assert.Equal((0, 2), await queue.CountAsync());
        queue.Cloud.Server.SetFaults(null);
        await worker.StopAsync(Ct);

        Assert.Equal((2, 0), await queue.CountAsync());
        Assert.Empty(queue.Begun);
    }
}
