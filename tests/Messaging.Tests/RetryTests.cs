using LocalCloud.Faults;
using Messaging.Consuming;

namespace Messaging.Tests;

/// <summary>When messages come back, by the queue's own clock.</summary>
public sealed class RetryTests
{
    [Fact]
    public async Task A_message_comes_back_when_its_handler_said()
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        await queue.SendAsync("a");

        await queue.HandleAsync(await queue.ReceiveAsync(), Answering(Verdict.Retry("later", TimeSpan.FromHours(1))));

        queue.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty((await queue.ReceiveAsync()).Records!);
        queue.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single((await queue.ReceiveAsync()).Records!);
    }

    [Theory]
    [InlineData(24 * 60, 12 * 60)]
    [InlineData(-5, 0)]
    public async Task A_time_that_the_queue_would_refuse_becomes_the_nearest_that_it_takes(int minutes, int backWithin)
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        await queue.SendAsync("a");
        var batch = await queue.ReceiveAsync();
        queue.Time.Advance(TimeSpan.FromSeconds(20));

        await queue.HandleAsync(batch, Answering(Verdict.Retry("later", TimeSpan.FromMinutes(minutes))));

        queue.Time.Advance(TimeSpan.FromMinutes(Math.Max(0, backWithin - 30)));
        Assert.Equal(minutes < 0 ? 1 : 0, (await queue.ReceiveAsync()).Records!.Count);
        queue.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Single((await queue.ReceiveAsync()).Records!);
    }

    [Fact]
    public async Task Ten_messages_get_their_times_in_one_call()
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        for (var i = 0; i < 10; i++)
            await queue.SendAsync($"m{i}");

        Assert.Equal(10, (await queue.HandleAsync(await queue.ReceiveAsync(), Answering(Verdict.Retry("later")))).Count);

        Assert.Equal(1, queue.Calls("ChangeMessageVisibilityBatch"));
        Assert.Equal(0, queue.Calls("ChangeMessageVisibility"));
    }

    [Fact]
    public async Task A_message_whose_time_was_refused_is_named_in_the_log_and_comes_back_all_the_same()
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        await queue.SendAsync("a");
        var log = new RecordedLog();
        var batch = await queue.ReceiveAsync();
        queue.Break("ChangeMessageVisibilityBatch", FaultKind.PartialBatch);

        Assert.Single(await queue.HandleAsync(batch, Answering(Verdict.Retry("later", TimeSpan.FromHours(1)), log)));

        Assert.Contains(log.Lines, line => line.Text.Contains($"refused the delay of message {batch.Records![0].MessageId} (InternalError)", StringComparison.Ordinal));
        queue.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Single((await queue.ReceiveAsync()).Records!);
    }

    private static Consumer Answering(Verdict verdict, RecordedLog? log = null) => ConsumerTests.Consumer((_, _) => Task.FromResult(verdict), log);
}
