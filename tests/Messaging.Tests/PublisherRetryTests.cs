using LocalCloud.Tests;
using Messaging.Publishing;

namespace Messaging.Tests;

/// <summary>What becomes of messages that a service refuses for now.</summary>
public sealed class PublisherRetryTests : IAsyncLifetime
{
    private PublisherDesk _desk = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _desk = await PublisherDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Only_the_message_that_was_refused_is_sent_again()
    {
        var queue = await _desk.AddQueueAsync("work");
        var time = new FakeTime();
        _desk.FailEntries(probability: 0.4);

        var publishing = _desk.NewPublisher(time: time).PublishAsync("work", PublisherDesk.Outbounds(10, keys: 10), Ct);
        await time.UntilSomebodyWaitsAsync();
        _desk.FailNothing();
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty(await publishing);
        var (first, second) = (_desk.Watched.Calls.First(), _desk.Watched.Calls.Last());
        Assert.Equal(2, _desk.Watched.Calls.Count);
        Assert.InRange(second.Length, 1, 9);
        Assert.Subset(first.ToHashSet(), second.ToHashSet());
        Assert.Equal(10, (await _desk.BodiesAsync(queue)).Distinct().Count());
    }

    [Fact]
    public async Task What_still_does_not_get_out_is_named_each_with_its_destination_and_its_followers_were_not_tried()
    {
        await _desk.AddQueueAsync("work");
        _desk.FailEntries(probability: 1);

        var failures = await _desk.PublishAsync("work", PublisherDesk.Outbounds(4, keys: 2), new() { FirstPause = TimeSpan.FromMilliseconds(1) });

        Assert.Equal(["0", "1", "2", "3"], failures.Select(f => f.MessageId));
        Assert.Equal(
            [PublishFailureCause.Message, PublishFailureCause.Message, PublishFailureCause.EarlierMessage, PublishFailureCause.EarlierMessage],
            failures.Select(f => f.Cause));
        Assert.All(failures, f => Assert.Equal("work", f.Destination));
        Assert.StartsWith("InternalError: ", failures[0].Reason, StringComparison.Ordinal);
        Assert.Equal(3, _desk.Watched.Calls.Count);
    }

    [Theory]
    [InlineData("work", 1)]
    [InlineData("work.fifo", 2)]
    [InlineData("work.fifo", 3)]
    public async Task Tries_keep_the_order_of_each_key(string name, long seed)
    {
        var queue = await _desk.AddQueueAsync(name);
        var messages = PublisherDesk.Outbounds(300, keys: 25);
        _desk.FailEntries(probability: 0.3, seed);

        Assert.Empty(await _desk.PublishAsync("work", messages, new() { Tries = 10, FirstPause = TimeSpan.FromMilliseconds(1) }));

        _desk.FailNothing();
        Assert.Null(_desk.Watched.KeyTwiceUnderWay);
        var got = await _desk.BodiesAsync(queue);
        Assert.Equal(300, got.Length);
        if (name.EndsWith(".fifo", StringComparison.Ordinal))
            Assert.All(messages.GroupBy(m => m.Key), g => Assert.Equal(g.Select(m => m.Body), got.Where(b => b.StartsWith($"{g.Key} ", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("events")]
    [InlineData("events.fifo")]
    public async Task What_a_topic_refuses_for_now_is_tried_again_too(string name)
    {
        var queue = await _desk.AddTopicAsync(name);
        var messages = PublisherDesk.Outbounds(40, keys: 20);
        _desk.FailEntries(probability: 0.3);

        Assert.Empty(await _desk.PublishAsync("events", messages, new() { Tries = 10, FirstPause = TimeSpan.FromMilliseconds(1) }));

        Assert.Equal(messages.Select(m => m.Body).Order(), (await _desk.BodiesAsync(queue)).Order());
    }

    [Fact]
    public async Task A_pause_ends_with_the_token_and_the_message_is_reported()
    {
        await _desk.AddQueueAsync("work");
        _desk.FailEntries(probability: 1);
        var time = new FakeTime();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var publishing = _desk.NewPublisher(time: time).PublishAsync("work", [PublisherDesk.Outbound("1", "a"), PublisherDesk.Outbound("2", "a")], stop.Token);
        await time.UntilSomebodyWaitsAsync();
        await stop.CancelAsync();

        Assert.Equal([PublishFailureCause.Message, PublishFailureCause.EarlierMessage], (await publishing).Select(f => f.Cause));
    }

    [Fact]
    public void Pauses_double_up_to_the_longest_with_full_jitter()
    {
        PublisherOptions options = new() { FirstPause = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromMilliseconds(180) };

        Assert.Equal([50, 100, 180, 180], Enumerable.Range(1, 4).Select(tries => options.PauseAfter(tries, 1).TotalMilliseconds));
        Assert.Equal(25, options.PauseAfter(1, 0.5).TotalMilliseconds);
        Assert.Equal(TimeSpan.Zero, options.PauseAfter(3, 0));
    }
}
