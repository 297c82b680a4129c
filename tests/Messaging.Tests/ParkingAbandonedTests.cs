using LocalCloud.Tests;
using Messaging.Consuming;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>What becomes of a message group when the handler of one of its messages does not stop. Lambda gives a minute.</summary>
public sealed class ParkingAbandonedTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string DidNotStop = "1 attempts failed, the last one so: Its handler did not stop when the time was over.";
    private ParkingQueue _queue = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _queue = await ParkingQueue.StartAsync(postgres);

    [Fact]
    public async Task A_message_whose_handler_did_not_stop_for_the_last_time_parks_its_group()
    {
        await _queue.SendAsync("a1", "a2", "b1", "a3");
        await AbandonAsync("a2");
        await _queue.SendAsync("a4");
        await _queue.RunAsync();

        Assert.Equal(["a1", "a2"], _queue.RunsOf("a"));
        Assert.Equal(["b1"], _queue.RunsOf("b"));
        Assert.Equal(["a3", "a4"], await _queue.WaitingAsync("a"));
        Assert.Equal(["a2"], (await _queue.DeadAsync()).Select(m => ConsumerTests.Text(m.Body!)));
        Assert.Equal(DidNotStop, Assert.Single(await _queue.Groups.ListAsync(null, 10, None)).Reason);
    }

    [Fact]
    public async Task A_replay_whose_handler_did_not_stop_for_the_last_time_is_dead_lettered_itself_and_parks_its_group_again()
    {
        _queue.Answer = text => text == "a2" ? Verdict.DeadLetter("no good") : Verdict.Done;
        await _queue.SendAsync("a2", "a3", "a4");
        await _queue.RunAsync();
        await _queue.DeadAsync();
        await _queue.Groups.ReleaseAsync("a", None);
        await AbandonAsync("a3");

        var dead = Assert.Single(await _queue.DeadAsync());
        Assert.Equal("a3", ConsumerTests.Text(dead.Body!));
        Assert.DoesNotContain("MessagingReplayOf", dead.MessageAttributes!.Keys);
        Assert.Equal(["a4"], await _queue.WaitingAsync("a"));
        var group = Assert.Single(await _queue.Groups.ListAsync(null, 10, None));
        Assert.Equal((DidNotStop, false, dead.MessageAttributes["DeadLetterMessageId"].StringValue), (group.Reason, group.IsReleased, group.DeadMessageId));

        await _queue.Groups.ReleaseAsync("a", None);
        await _queue.RunAsync();
        Assert.Equal(["a2", "a3", "a4"], _queue.Runs);
        Assert.Empty(await _queue.ParkedAsync());
    }

    [Fact]
    public async Task While_its_group_cannot_be_parked_a_message_whose_handler_did_not_stop_comes_back()
    {
        await _queue.Database.ExecuteAsync("alter table parked_group rename column reason to gone");
        await _queue.SendAsync("a2", "a3");
        await AbandonAsync("a2");
        await _queue.Database.ExecuteAsync("alter table parked_group rename column gone to reason");
        await _queue.RunAsync();

        Assert.Equal(["a2", "a2", "a3"], _queue.Runs);
    }

    public async ValueTask DisposeAsync() => await _queue.DisposeAsync();

    // Handles a batch; this message's handler does not stop, and it is its last attempt.
    private async Task AbandonAsync(string text)
    {
        using var release = new ManualResetEventSlim();
        var time = new FakeTime();
        (_queue.Time, _queue.MaxAttempts) = (time, 1);
        _queue.Answer = t =>
        {
            if (t == text)
                release.Wait(TimeSpan.FromMinutes(1), CancellationToken.None);
            return Verdict.Done;
        };
        var handling = _queue.HandleAsync();
        await Eventually.TrueAsync(() => _queue.Runs.Contains(text));
        await time.UntilSomebodyWaitsAsync();
        time.Advance(TimeSpan.FromSeconds(48));
        await time.UntilSomebodyWaitsAsync();
        time.Advance(TimeSpan.FromSeconds(6));
        await handling;

        release.Set();
        _queue.Answer = _ => Verdict.Done;
    }
}
