using LocalCloud.Tests;
using Messaging.Publishing;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>Batches of messages that come one at a time.</summary>
public sealed class PublisherBatchingTests : IAsyncLifetime
{
    private static readonly TimeSpan MaxAge = new BatchingPublisherOptions().MaxAge;
    private readonly FakeTime _time = new();
    private PublisherDesk _desk = null!;
    private string _queue = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await PublisherDesk.OpenAsync();
        _queue = await _desk.AddQueueAsync("work");
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Ten_messages_leave_at_once_in_one_call()
    {
        await using var batching = NewBatching();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => batching.SendAsync(Message($"{i}", $"k{i}"), Ct)));

        Assert.Equal(10, Assert.Single(_desk.Watched.Calls).Length);
    }

    [Fact]
    public async Task A_trickle_waits_for_the_age_of_its_oldest_message_and_not_for_silence()
    {
        await using var batching = NewBatching();

        var first = batching.SendAsync(Message("1", "a"), Ct);
        _time.Advance(MaxAge * 0.6);
        var second = batching.SendAsync(Message("2", "b"), Ct);
        _time.Advance(MaxAge * 0.3);
        var third = batching.SendAsync(Message("3", "c"), Ct);
        Assert.Empty(_desk.Watched.Calls);
        _time.Advance(MaxAge * 0.1);
        await Task.WhenAll(first, second, third);

        Assert.Equal(3, Assert.Single(_desk.Watched.Calls).Length);
    }

    [Fact]
    public async Task A_batch_that_is_full_by_bytes_leaves_and_the_next_one_begins()
    {
        var queue = await _desk.AddTopicAsync("events");
        await using var batching = NewBatching();
        Task[] sending = [.. Enumerable.Range(0, 3).Select(i => batching.SendAsync(Message($"{i}", $"k{i}", "events") with { Body = new('x', 100 * 1_024) }, Ct))];

        await Task.WhenAll(sending[..2]);
        Assert.Equal(1, _desk.Calls("sns", "PublishBatch"));
        _time.Advance(MaxAge);
        await sending[2];

        Assert.Equal(2, _desk.Calls("sns", "PublishBatch"));
        Assert.Equal(3, (await _desk.BodiesAsync(queue)).Length);
    }

    [Fact]
    public async Task A_keys_next_message_leaves_when_its_former_one_was_taken()
    {
        await using var batching = NewBatching();
        var hold = new TaskCompletionSource();
        _desk.Watched.Hold = hold.Task;

        Task[] sending = [batching.SendAsync(Message("1", "a"), Ct), batching.SendAsync(Message("2", "a"), Ct), batching.SendAsync(Message("3", "b"), Ct)];
        _time.Advance(MaxAge);
        await Eventually.TrueAsync(() => _desk.Watched.UnderWay == 1);
        hold.SetResult();
        await Task.WhenAll(sending);

        Assert.Equal([2, 1], _desk.Watched.Calls.Select(c => c.Length));
        Assert.Contains("\"id\":\"2\"", _desk.Watched.Calls.Last().Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_burst_keeps_each_keys_order()
    {
        var queue = await _desk.AddQueueAsync("ordered.fifo");
        await using var batching = new BatchingPublisher(_desk.NewPublisher(), new() { MaxAge = TimeSpan.FromMilliseconds(1) }, TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => batching.SendAsync(Message($"{i:000}", $"k{i % 23}", "ordered") with { Body = $"k{i % 23} {i:000}" }, Ct)));

        var got = await _desk.BodiesAsync(queue);
        Assert.Equal(500, got.Length);
        Assert.All(got.GroupBy(b => b.Split(' ')[0]), g => Assert.Equal(g.Order(StringComparer.Ordinal), g));
    }

    [Fact]
    public async Task A_message_that_is_not_taken_is_told_to_its_sender_and_to_those_behind_it_only()
    {
        await using var batching = NewBatching(publisher: new() { LargestQueueMessage = 1_024 });

        var bad = batching.SendAsync(Message("1", "a") with { Body = new('x', 2_000) }, Ct);
        var behind = batching.SendAsync(Message("2", "a"), Ct);
        var other = batching.SendAsync(Message("3", "b"), Ct);
        _time.Advance(MaxAge);

        Assert.Equal(("work", "1", PublishFailureCause.BadMessage), await FailureOfAsync(bad));
        Assert.Equal(("work", "2", PublishFailureCause.EarlierMessage), await FailureOfAsync(behind));
        await other;
        Assert.Single(await _desk.BodiesAsync(_queue));
    }

    [Fact]
    public async Task A_destination_without_an_address_fails_its_messages_only()
    {
        await using var batching = NewBatching();

        var lost = batching.SendAsync(Message("1", "a", "work", "nowhere"), Ct);
        var good = batching.SendAsync(Message("2", "b"), Ct);
        _time.Advance(MaxAge);

        Assert.Equal(("nowhere", "1", PublishFailureCause.Destination), await FailureOfAsync(lost));
        await good;
        Assert.Equal(2, (await _desk.BodiesAsync(_queue)).Length);
    }

    [Fact]
    public async Task Who_finds_no_room_waits_and_may_give_up_before_anything_is_sent()
    {
        await using var batching = NewBatching(new() { MaxWaiting = 10 });
        var hold = new TaskCompletionSource();
        _desk.Watched.Hold = hold.Task;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        Task[] sending = [.. Enumerable.Range(0, 10).Select(i => batching.SendAsync(Message($"{i}", $"k{i}"), Ct))];
        var eleventh = batching.SendAsync(Message("eleven", "k"), giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => eleventh);
        hold.SetResult();
        await Task.WhenAll(sending);

        Assert.Equal(10, (await _desk.BodiesAsync(_queue)).Length);
    }

    [Fact]
    public async Task What_waits_is_sent_before_the_end_and_nothing_is_taken_after_it()
    {
        var batching = NewBatching();
        Task[] sending = [batching.SendAsync(Message("1", "a"), Ct), batching.SendAsync(Message("2", "a"), Ct), batching.SendAsync(Message("3", "b"), Ct)];

        await batching.DisposeAsync();

        Assert.All(sending, s => Assert.True(s.IsCompletedSuccessfully || s.Wait(TimeSpan.FromSeconds(30), Ct)));
        Assert.Equal(3, (await _desk.BodiesAsync(_queue)).Length);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batching.SendAsync(Message("4", "a"), Ct));
    }

    [Fact]
    public async Task A_message_is_prepared_once_for_all_its_destinations()
    {
        await _desk.AddQueueAsync("other");
        var prepared = 0;
        await using var batching = new BatchingPublisher(
            _desk.NewPublisher(prepare: (message, _) => new(message with { Body = $"prepared {Interlocked.Increment(ref prepared)}" })), new(), _time);

        var sending = batching.SendAsync(Message("1", "a", "work", "other"), Ct);
        _time.Advance(MaxAge);
        await sending;

        Assert.Equal(["prepared 1", "prepared 1"], _desk.Watched.Calls.SelectMany(c => c));
    }

    [Fact]
    public void Options_have_ranges()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchingPublisherOptions { MaxAge = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchingPublisherOptions { MaxWaiting = 9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchingPublisherOptions { Patience = TimeSpan.FromHours(1) });
    }

    private static OutgoingMessage Message(string id, string key, params string[] destinations) => PublisherDesk.Message(id, key, destinations is [] ? ["work"] : destinations);

    private static async Task<(string?, string, PublishFailureCause)> FailureOfAsync(Task sending)
    {
        var failure = Assert.Single((await Assert.ThrowsAsync<PublishException>(() => sending)).Failures);
        return (failure.Destination, failure.MessageId, failure.Cause);
    }

    private BatchingPublisher NewBatching(BatchingPublisherOptions? options = null, PublisherOptions? publisher = null) => new(_desk.NewPublisher(publisher), options ?? new(), _time);
}
