using LocalCloud.Tests;
using Messaging.Hosting;
using Tests.Common;

namespace Messaging.Tests;

public sealed class FlushTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_batch_is_flushed_before_its_answer_and_after_a_failure_too()
    {
        await using var cloud = await TestCloud.StartAsync();
        await using var host = new FunctionHost();
        var queue = await MappedQueue.CreateAsync(cloud, "events");
        var steps = new List<string>();
        var consumer = ConsumerTests.Consumer((_, _) =>
        {
            steps.Add("handled");
            return Task.FromResult(Consuming.Verdict.Done);
        });
        host.OnFlush(async ct =>
        {
            await Task.Yield();
            steps.Add("flushed");
        });
        using var message = new MemoryStream((await queue.DeliverAsync(("good", null))).ToBytes());
        using var garbage = new MemoryStream();
        var batch = queue.For(consumer, TimeProvider.System);

        await host.HandleAsync(batch, message, () => Ample);
        Assert.Equal(["handled", "flushed"], steps);

        await Assert.ThrowsAsync<InvalidDataException>(() => host.HandleAsync(batch, garbage, () => Ample));
        Assert.Equal(["handled", "flushed", "flushed"], steps);
    }

    [Fact]
    public async Task A_flush_that_fails_is_logged_and_the_others_run()
    {
        var log = new RecordedLog();
        var flushes = new Flushes(new FakeTime(), log);
        var ran = false;
        flushes.Add(_ => throw new InvalidOperationException());
        flushes.Add(_ =>
        {
            ran = true;
            return Task.CompletedTask;
        });

        await flushes.RunAsync(Ample);

        Assert.True(ran);
        Assert.Equal([23], log.Ids);
    }

    [Fact]
    public async Task A_flush_for_which_no_time_is_left_does_not_cost_the_answer()
    {
        await using var cloud = await TestCloud.StartAsync();
        await using var host = new FunctionHost();
        host.OnFlush(_ => Task.CompletedTask);
        var queue = await MappedQueue.CreateAsync(cloud, "events");
        using var message = new MemoryStream((await queue.DeliverAsync(("good", null))).ToBytes());
        var left = new Queue<TimeSpan>([Ample, TimeSpan.FromSeconds(-1)]);

        using var answer = await host.HandleAsync(queue.For(ConsumerTests.Consumer((_, _) => Task.FromResult(Consuming.Verdict.Done)), TimeProvider.System), message, left.Dequeue);

        Assert.True(answer.Length > 0);
    }

    [Theory]
    [InlineData(30, 1_000)]
    [InlineData(0.2, 200)]
    public async Task A_flush_that_does_not_end_is_not_waited_for(double left, int milliseconds)
    {
        var log = new RecordedLog();
        var time = new FakeTime();
        var flushes = new Flushes(time, log);
        using var release = new ManualResetEventSlim();
        flushes.Add(_ =>
        {
            release.Wait(TimeSpan.FromMinutes(1), CancellationToken.None);
            return Task.CompletedTask;
        });

        var flush = flushes.RunAsync(TimeSpan.FromSeconds(left));
        time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.False(flush.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        await flush.WaitAsync(Ample);
        Assert.Equal([23], log.Ids);
        release.Set();
    }
}
