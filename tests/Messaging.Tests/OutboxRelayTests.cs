using LocalCloud.Tests;
using Messaging.Outbox;
using Messaging.Publishing;
using Tests.Common;
using static Messaging.Tests.RelayUnderTest;

namespace Messaging.Tests;

/// <summary>Order, failures and leases of the relay.</summary>
public sealed class OutboxRelayTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_waits_does_not_hold_up_another_key_of_its_lane()
    {
        await using var it = await StartAsync(postgres);
        await it.CommitAsync(Message("1"));
        await it.CommitAsync(Message("2", SameLaneAs("key")));
        await it.Database.ExecuteAsync("update outbox set available = clock_timestamp() where message_id = '2'");

        Assert.Equal(new(1, 1, 0), await it.SweepAsync());
        Assert.Equal(["2"], it.Sent);
    }

    [Fact]
    public async Task The_followers_of_a_message_that_keeps_failing_wait_for_it_and_other_keys_go_on()
    {
        await using var it = await StartAsync(postgres);
        it.Fails = (_, message) => message.Id == "a1" ? PublishFailureCause.Message : null;
        await it.CommitAsync(Message("a1", "a"), Message("a2", "a"), Message("b1", "b"));
        await it.CommitAsync(Message("a3", "a"), Message("b2", "b"));
        await it.MakeDueAsync();

        Assert.Equal(new(2, 3, 0), await it.SweepAsync());
        Assert.Equal(["b1", "b2"], it.Sent);
        Assert.Equal(1, await it.Database.ScalarAsync<int>("select attempts from outbox where message_id = 'a1'"));
        Assert.Equal(0, await it.Database.ScalarAsync<int>("select sum(attempts)::integer from outbox where message_id <> 'a1'"));

        // Its pause is not over: nobody tries it, and nobody overtakes it.
        await it.Database.ExecuteAsync("update outbox set available = clock_timestamp() + interval '1 hour' where message_id = 'a1'");
        Assert.Equal(0, (await it.SweepAsync()).Published);

        it.Fails = (_, _) => null;
        await it.MakeDueAsync();
        Assert.Equal(new(3, 0, 0), await it.SweepAsync());
        Assert.Equal(["b1", "b2", "a1", "a2", "a3"], it.Sent);
    }

    [Fact]
    public async Task A_message_that_failed_too_often_is_parked_with_the_reason_and_its_followers_wait_for_it()
    {
        await using var it = await StartAsync(postgres);
        it.Options = new() { MaxAttempts = 2 };
        it.Fails = (_, message) => message.Id == "1" ? PublishFailureCause.Message : null;
        await it.CommitAsync(Message("1"), Message("2"));
        await it.MakeDueAsync();

        Assert.Equal(new(0, 2, 0), await it.SweepAsync());
        await it.MakeDueAsync();
        Assert.Equal(new(0, 1, 1), await it.SweepAsync());

        Assert.Equal("Message at fault", await it.Database.ScalarAsync<string>("select reason from outbox_parked where message_id = '1' and attempts = 2"));
        await it.Writer.PublishAsync(await it.CommitAsync(Message("3")), Ct);
        Assert.Equal(default, await it.SweepAsync());
        Assert.Empty(it.Sent);
    }

    [Fact]
    public async Task A_bad_message_is_parked_at_once()
    {
        await using var it = await StartAsync(postgres);
        it.Fails = (_, message) => message.Id == "bad" ? PublishFailureCause.BadMessage : null;
        await it.CommitAsync(Message("bad", "a"), Message("good", "b"));
        await it.MakeDueAsync();

        Assert.Equal(new(1, 0, 1), await it.SweepAsync());
        Assert.Equal(["good"], it.Sent);
        Assert.Contains(it.Log.Lines, line => line.Text.Contains("Message bad to events is parked after 1 attempts: BadMessage at fault", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_destination_that_takes_no_call_blames_no_message_and_its_lane_rests()
    {
        await using var it = await StartAsync(postgres);
        it.Fails = (_, _) => PublishFailureCause.Destination;
        await it.CommitAsync(Message("1"), Message("2"));
        await it.MakeDueAsync();

        Assert.Equal(new(0, 2, 0), await it.SweepAsync());
        Assert.Equal(0, await it.Database.ScalarAsync<int>("select sum(attempts)::integer from outbox"));

        // However often relays come by, nobody bothers it while it rests.
        var tried = it.Tried.Count;
        Assert.Equal(default, await it.SweepAsync());
        Assert.Equal(tried, it.Tried.Count);

        it.Fails = (_, _) => null;
        await it.EndLeasesAsync();
        Assert.Equal(new(2, 0, 0), await it.SweepAsync());
        Assert.Equal(["1", "2"], it.Sent);
    }

    [Fact]
    public async Task A_destination_that_never_answers_stalls_no_other()
    {
        await using var it = await StartAsync(postgres);
        var others = new TaskCompletionSource();
        it.InCall = async (destination, ct) =>
        {
            // Answers only when the other destination has had its messages.
            if (destination == "a-silent-one")
                await others.Task.WaitAsync(ct);
        };
        var messages = Enumerable.Range(0, 64).Select(i => Message($"{i}", $"key-{i}", "a-silent-one", "events")).ToArray();
        await it.CommitAsync(messages);
        await it.MakeDueAsync();

        var sweep = it.SweepAsync();
        await Eventually.TrueAsync(() => it.Sent.Count == messages.Length);
        others.SetResult();

        Assert.Equal(new(2 * messages.Length, 0, 0), await sweep);
    }

    [Fact]
    public async Task A_lane_with_more_than_a_turns_worth_of_pages_is_emptied_in_order()
    {
        await using var it = await StartAsync(postgres);
        it.Options = new() { PageSize = 10, LanesAtATime = 1 };
        var ids = Enumerable.Range(0, 4_103).Select(i => $"{i:d5}").ToArray();
        await it.CommitAsync([.. ids.Select(id => Message(id))]);
        await it.MakeDueAsync();

        Assert.Equal(new(ids.Length, 0, 0), await it.SweepAsync());
        Assert.Equal(ids, it.Sent);
    }

    [Fact]
    public async Task However_many_wait_behind_a_failed_message_the_other_keys_of_its_lane_are_reached()
    {
        await using var it = await StartAsync(postgres);
        it.Options = new() { PageSize = 10 };
        it.Fails = (_, message) => message.Id == "first" ? PublishFailureCause.Message : null;
        await it.CommitAsync([Message("first"), .. Enumerable.Range(0, 2_500).Select(i => Message($"behind-{i}"))]);
        await it.CommitAsync(Message("other", SameLaneAs("key")));
        await it.MakeDueAsync();

        Assert.Equal(1, (await it.SweepAsync()).Published);
        Assert.Equal(["other"], it.Sent);
    }

    [Fact]
    public async Task Many_relays_at_once_publish_each_message_once_and_in_order()
    {
        await using var it = await StartAsync(postgres);
        it.Options = new() { PageSize = 10 };
        var messages = Enumerable.Range(0, 600).Select(i => Message($"{i % 30}:{i:d4}", $"key-{i % 30}")).ToArray();
        await it.CommitAsync(messages);
        await it.MakeDueAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => it.NewRelay().SweepAsync(Ct)));

        Assert.Equal(0, await it.WaitingAsync());
        Assert.Equal(messages.Length, it.Sent.Distinct().Count());
        Assert.Equal(messages.Length, it.Sent.Count);
        Assert.All(it.Sent.GroupBy(id => id.Split(':')[0]), key => Assert.Equal(key.Order(StringComparer.Ordinal), key));
    }

    [Fact]
    public async Task A_lane_that_somebody_holds_is_left_to_its_holder()
    {
        await using var it = await StartAsync(postgres);
        var held = await LaneLease.TryAcquireAsync(it.Database, OutboxLane.Of("events", "key"), it.Options.Lease, it.Time, Ct);
        await it.CommitAsync(Message("1"));
        await it.MakeDueAsync();

        Assert.Equal(default, await it.SweepAsync());
        await held!.ReleaseAsync(TimeSpan.Zero, Ct);
        Assert.Equal(new(1, 0, 0), await it.SweepAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(PublishFailureCause.Message)]
    [InlineData(PublishFailureCause.BadMessage)]
    public async Task A_relay_that_was_thought_dead_and_comes_back_publishes_no_more_and_marks_nothing(PublishFailureCause? cause)
    {
        await using var it = await StartAsync(postgres);
        it.Options = new() { PageSize = 10 };
        var (inCall, comeBack) = (new TaskCompletionSource(), new TaskCompletionSource());
        var ids = Enumerable.Range(0, 25).Select(i => $"{i:d2}").ToArray();
        await it.CommitAsync([.. ids.Select(id => Message(id))]);
        await it.MakeDueAsync();

        // Only the first relay's first call hangs, and fails when it is back.
        var calls = 0;
        it.InCall = async (_, _) =>
        {
            if (Interlocked.Increment(ref calls) > 1)
                return;
            inCall.SetResult();
            await comeBack.Task;
        };
        var dead = it.NewRelay().SweepAsync(Ct);
        await inCall.Task.WaitAsync(Ct);
        await it.EndLeasesAsync();

        // The heir publishes the first page and waits in the second.
        var (second, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        it.InCall = async (_, _) =>
        {
            if (Interlocked.Increment(ref calls) == 3)
            {
                second.SetResult();
                await goOn.Task;
            }
        };
        var heir = it.NewRelay().SweepAsync(Ct);
        await second.Task.WaitAsync(Ct);
        await it.Database.ExecuteAsync("update outbox set attempts = 7");
        it.Fails = (_, _) => cause;
        comeBack.SetResult();
        await dead;

        Assert.Equal(3, calls);
        Assert.Equal(15, await it.Database.ScalarAsync<long>("select count(*) from outbox where attempts = 7"));
        Assert.Equal(0, await it.Database.ScalarAsync<long>("select count(*) from outbox_parked"));

        it.Fails = (_, _) => null;
        goOn.SetResult();
        Assert.Equal(new(25, 0, 0), await heir);
        Assert.Equal(ids, it.Sent.Distinct());
    }

    [Fact]
    public async Task A_relay_whose_call_outlasts_half_its_lease_gives_the_call_up()
    {
        var time = new FakeTime();
        await using var it = new RelayUnderTest((await StartAsync(postgres)).Database) { Time = time };
        var inCall = new TaskCompletionSource();
        it.InCall = async (_, ct) =>
        {
            inCall.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
        };
        await it.CommitAsync(Message("1"));
        await it.MakeDueAsync();

        var sweep = it.SweepAsync();
        await inCall.Task.WaitAsync(Ct);
        time.Advance(it.Options.Lease / 2);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sweep);
        Assert.Equal(1, await it.WaitingAsync());
    }

    [Fact]
    public async Task A_destination_that_is_slow_is_not_taken_for_one_that_is_away()
    {
        await using var it = await StartAsync(postgres);
        var time = new FakeTime();
        var calls = 0;

        // As the publisher does: the first ten are out when the time is over, and nobody knows of the others.
        Task<IReadOnlyList<PublishFailure>> PublishAsync(string destination, IReadOnlyList<Outbound> messages, CancellationToken ct)
        {
            if (calls++ > 0)
                return Task.FromResult<IReadOnlyList<PublishFailure>>([]);
            time.Advance(it.Options.Lease / 2);
            return Task.FromResult<IReadOnlyList<PublishFailure>>([.. messages.Skip(10).Select(m => new PublishFailure(m.Id, "no time", PublishFailureCause.Destination))]);
        }

        await it.CommitAsync([.. Enumerable.Range(0, 25).Select(i => Message($"{i:d2}"))]);
        await it.MakeDueAsync();

        var result = await new OutboxRelay(it.Database, PublishAsync, it.Options, time, it.Log).SweepAsync(Ct);

        Assert.Equal((25, 2), (result.Published, calls));
        Assert.DoesNotContain(it.Log.Lines, line => line.Text.Contains("takes no call", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_relay_that_is_told_to_stop_lets_its_call_end_and_begins_no_page_more()
    {
        await using var it = await StartAsync(postgres);
        it.Options = new() { PageSize = 10 };
        using var stop = new CancellationTokenSource();
        it.InCall = (_, ct) =>
        {
            stop.Cancel();
            return Task.Delay(TimeSpan.FromMilliseconds(50), ct);
        };
        await it.CommitAsync([.. Enumerable.Range(0, 25).Select(i => Message($"{i:d2}"))]);
        await it.MakeDueAsync();

        Assert.Equal(new(10, 0, 0), await it.Relay.SweepAsync(stop.Token));
        Assert.Equal(10, it.Sent.Count);
        Assert.Equal(15, await it.WaitingAsync());
    }
}
