using Messaging.Outbox;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>A key's order around its dead letters, on a real PostgreSQL and a real queue.</summary>
public sealed class OutboxDeadLetterOrderTests(PostgresFixture postgres) : IAsyncLifetime
{
    private DeadLetterDesk _desk = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _desk = await DeadLetterDesk.OpenAsync(postgres);

    [Fact]
    public async Task A_replayed_message_leaves_before_those_that_waited_for_it()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"));
        await _desk.CommitAsync(DeadLetterDesk.Message("2"), DeadLetterDesk.Message("3"));
        await _desk.SweepAsync();
        Assert.Empty(await _desk.ReceivedAsync());

        await ReplayAsync("1");
        await _desk.SweepAsync();

        Assert.Equal(["1", "2", "3"], await _desk.ReceivedAsync());
    }

    [Fact]
    public async Task A_message_that_is_older_than_a_dead_letter_of_its_key_does_not_wait_for_it()
    {
        var rows = await _desk.CommitAsync(DeadLetterDesk.Message("1"), DeadLetterDesk.Message("2"), DeadLetterDesk.Message("3"));
        await _desk.ParkAsync(rows[1]);

        await _desk.SweepAsync();

        Assert.Equal(["1"], await _desk.ReceivedAsync());
    }

    [Fact]
    public async Task Of_two_dead_letters_of_a_key_the_newer_waits_until_the_older_is_replayed()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"), DeadLetterDesk.Message("2"));
        await _desk.CommitAsync(DeadLetterDesk.Message("3"));

        await ReplayAsync("2");
        await _desk.SweepAsync();
        Assert.Empty(await _desk.ReceivedAsync());

        await ReplayAsync("1");
        await _desk.SweepAsync();
        Assert.Equal(["1", "2", "3"], await _desk.ReceivedAsync());
    }

    [Fact]
    public async Task Of_two_dead_letters_of_a_key_the_newer_waits_until_the_older_is_discarded()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"), DeadLetterDesk.Message("2"));
        await _desk.CommitAsync(DeadLetterDesk.Message("3"));

        await ReplayAsync("2");
        await DiscardAsync("1");
        await _desk.SweepAsync();

        Assert.Equal(["2", "3"], await _desk.ReceivedAsync());
    }

    [Fact]
    public async Task When_only_the_older_of_two_dead_letters_is_replayed_the_followers_wait_for_the_newer()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"), DeadLetterDesk.Message("2"));
        await _desk.CommitAsync(DeadLetterDesk.Message("3"));

        await ReplayAsync("1");
        await _desk.SweepAsync();
        await _desk.SweepAsync();

        Assert.Equal(["1"], await _desk.ReceivedAsync());
    }

    [Fact]
    public async Task Discarding_a_dead_letter_frees_its_followers()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"));
        await _desk.CommitAsync(DeadLetterDesk.Message("2"), DeadLetterDesk.Message("3"));

        await DiscardAsync("1");
        await _desk.SweepAsync();

        Assert.Equal(["2", "3"], await _desk.ReceivedAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_that_was_parked_before_its_place_was_remembered_leaves_before_its_followers(bool hasFollowers)
    {
        await _desk.CommitAsync(DeadLetterDesk.Message("other", "another-key"));
        await _desk.ParkAsync(DeadLetterDesk.Message("1"));
        if (hasFollowers)
            await _desk.CommitAsync(DeadLetterDesk.Message("2"));

        // The last one was committed before the relay gave up on the first, as happens.
        await _desk.Database.ExecuteAsync("update outbox_parked set created = null, ordinal = null, edits = null, parked = clock_timestamp()");
        await _desk.SweepAsync();
        Assert.Equal(["other"], await _desk.ReceivedAsync());

        await ReplayAsync("1");
        await _desk.CommitAsync(DeadLetterDesk.Message("3"));
        await _desk.SweepAsync();

        Assert.Equal(hasFollowers ? ["1", "2", "3"] : ["1", "3"], await _desk.ReceivedAsync());
    }

    [Fact]
    public async Task A_message_that_is_replayed_while_a_relay_is_past_its_place_is_not_overtaken() =>
        Assert.Equal(["1", "2"], await ActAmidASweepAsync(() => ReplayAsync("1")));

    [Fact]
    public async Task A_follower_that_is_freed_while_a_relay_is_past_its_place_is_not_overtaken()
    {
        var rows = await _desk.CommitAsync(DeadLetterDesk.Message("0"), DeadLetterDesk.Message("1"));
        await _desk.ParkAsync(rows[0]);

        Assert.Equal(["1", "2"], await ActAmidASweepAsync(() => DiscardAsync("0"), park: false));
    }

    [Fact]
    public async Task A_message_is_parked_once_by_however_many_relays_that_think_the_lane_is_theirs()
    {
        var row = Assert.Single(await _desk.CommitAsync(DeadLetterDesk.Message("1")));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _desk.ParkAsync(row)));
        Assert.Equal(OutboxAct.Parked, Assert.Single(await _desk.AuditAsync("1")).Act);

        // One that comes after an operator's act parks nothing that is not there.
        await DiscardAsync("1");
        await _desk.ParkAsync(row);
        Assert.Empty(await _desk.Letters.ListAsync(new(), Stop));
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    /// <summary>Acts while the relay publishes its first page, which lies between the first message of the key and its last one.</summary>
    private async Task<IEnumerable<string>> ActAmidASweepAsync(Func<Task> act, bool park = true)
    {
        var options = new OutboxOptions { PageSize = 10 };
        var neighbour = Enumerable.Range(0, 1_000).Select(i => $"other-{i}").First(key => OutboxLane.Of("events", key) == OutboxLane.Of("events", "key"));
        if (park)
            await _desk.ParkAsync(DeadLetterDesk.Message("1"));
        await _desk.CommitAsync(Enumerable.Range(0, options.PageSize).Select(i => DeadLetterDesk.Message($"other-{i}", neighbour)));
        await _desk.CommitAsync(DeadLetterDesk.Message("2"));

        _desk.BeforePublish = _ =>
        {
            _desk.BeforePublish = null;
            return act();
        };
        await _desk.SweepAsync(options);
        return (await _desk.ReceivedAsync()).Where(id => !id.StartsWith("other", StringComparison.Ordinal));
    }

    private async Task ReplayAsync(string id) => Assert.True(await _desk.Letters.ReplayAsync(await _desk.FindAsync(id), "anna", null, Stop));

    private async Task DiscardAsync(string id) => Assert.True(await _desk.Letters.DiscardAsync(await _desk.FindAsync(id), "anna", null, Stop));
}
