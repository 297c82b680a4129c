using Messaging.Publishing;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>How messages are packed into calls.</summary>
public sealed class PublisherBatchTests : IAsyncLifetime
{
    private PublisherDesk _desk = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _desk = await PublisherDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Every_call_is_full_while_ten_keys_wait()
    {
        await _desk.AddQueueAsync("work");

        Assert.Empty(await _desk.PublishAsync("work", PublisherDesk.Outbounds(1_000, keys: 50)));

        Assert.Equal(100, _desk.Watched.Calls.Count);
        Assert.All(_desk.Watched.Calls, c => Assert.Equal(10, c.Length));
    }

    [Theory]
    [InlineData("work")]
    [InlineData("work.fifo")]
    public async Task A_keys_next_message_goes_only_after_its_former_one_was_taken(string name)
    {
        var queue = await _desk.AddQueueAsync(name);
        var messages = PublisherDesk.Outbounds(200, keys: 12);

        Assert.Empty(await _desk.PublishAsync("work", messages));

        Assert.Null(_desk.Watched.KeyTwiceUnderWay);
        Assert.InRange(_desk.Watched.Calls.Count, 20, 21);
        var sent = _desk.Watched.Calls.SelectMany(c => c).ToArray();
        Assert.Equal(messages.Select(m => m.Body).Order(), sent.Order());
        Assert.All(messages.GroupBy(m => m.Key), g => Assert.Equal(g.Select(m => m.Body), sent.Where(b => b.StartsWith($"{g.Key} ", StringComparison.Ordinal))));
        Assert.Equal(200, (await _desk.BodiesAsync(queue)).Length);
    }

    [Fact]
    public async Task One_key_that_fills_the_page_holds_back_no_other()
    {
        await _desk.AddQueueAsync("work");

        await _desk.PublishAsync("work", [.. Enumerable.Range(0, 20).Select(i => PublisherDesk.Outbound($"a{i}", "a")), .. PublisherDesk.Outbounds(9, keys: 9)]);

        var first = _desk.Watched.Calls.First();
        Assert.Equal(10, first.Length);
        Assert.Equal(20, _desk.Watched.Calls.Count);
    }

    [Fact]
    public async Task Calls_of_a_destination_are_side_by_side_up_to_the_bound_whoever_makes_them()
    {
        await _desk.AddQueueAsync("work");
        var publisher = _desk.NewPublisher(new() { CallsAtATime = 3 });
        var hold = new TaskCompletionSource();
        _desk.Watched.Hold = hold.Task;

        var one = publisher.PublishAsync("work", PublisherDesk.Outbounds(50, keys: 50), Ct);
        var other = publisher.PublishAsync("work", PublisherDesk.Outbounds(50, keys: 50), Ct);
        await Eventually.TrueAsync(() => _desk.Watched.UnderWay == 3);
        hold.SetResult();
        Assert.Empty(await one);
        Assert.Empty(await other);

        Assert.Equal(3, _desk.Watched.MostUnderWay);
        Assert.Equal(10, _desk.Watched.Calls.Count);
    }

    [Fact]
    public async Task A_call_has_no_more_bytes_than_the_topic_takes()
    {
        var queue = await _desk.AddTopicAsync("events");

        Assert.Empty(await _desk.PublishAsync("events", [.. Enumerable.Range(0, 10).Select(i => PublisherDesk.Outbound($"{i}", $"k{i}", bodyBytes: 100 * 1_024))]));

        Assert.Equal(5, _desk.Calls("sns", "PublishBatch"));
        Assert.Equal(10, (await _desk.BodiesAsync(queue)).Length);
    }

    [Fact]
    public async Task Attributes_count_into_the_bytes_of_a_call()
    {
        // Ten bodies fill a call to the last byte; with their attributes they do not fit.
        var queue = await _desk.AddTopicAsync("events");
        var messages = Enumerable.Range(0, 10).Select(i => PublisherDesk.Outbound($"{i}", $"k{i}", bodyBytes: 256 * 1_024 / 10) with { Attributes = [new("hotel", "alpha")] });

        Assert.Empty(await _desk.PublishAsync("events", [.. messages]));

        Assert.Equal(2, _desk.Calls("sns", "PublishBatch"));
        Assert.Equal(10, (await _desk.BodiesAsync(queue)).Length);
    }

    [Fact]
    public async Task The_limit_of_topics_is_a_setting()
    {
        var queue = await _desk.AddTopicAsync("events");
        PublisherOptions small = new() { LargestTopicMessage = 1_024 };

        Assert.Empty(await _desk.PublishAsync("events", [.. Enumerable.Range(0, 4).Select(i => PublisherDesk.Outbound($"{i}", $"k{i}", bodyBytes: 400))], small));

        Assert.Equal(2, _desk.Calls("sns", "PublishBatch"));
        Assert.Equal(4, (await _desk.BodiesAsync(queue)).Length);
    }

    [Fact]
    public async Task A_call_to_a_queue_has_a_mebibyte()
    {
        await _desk.AddQueueAsync("work");

        Assert.Empty(await _desk.PublishAsync("work", [.. Enumerable.Range(0, 9).Select(i => PublisherDesk.Outbound($"{i}", $"k{i}", bodyBytes: 340 * 1_024))]));

        Assert.Equal(3, _desk.Watched.Calls.Count);
    }

    [Fact]
    public void Options_have_ranges()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PublisherOptions { LargestTopicMessage = (1_024 * 1_024) + 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PublisherOptions { LargestQueueMessage = 1_023 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PublisherOptions { CallsAtATime = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PublisherOptions { Tries = 11 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PublisherOptions { FirstPause = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PublisherOptions { LongestPause = TimeSpan.FromMinutes(2) });
    }
}
