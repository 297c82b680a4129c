using Npgsql;
using Tests.Common;
using static Messaging.Tests.RelayUnderTest;

namespace Messaging.Tests;

/// <summary>Messages that may not leave before a time.</summary>
public sealed class OutboxScheduleTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scheduled_message_waits_for_its_time_however_far_and_holds_up_nothing_of_its_key()
    {
        await using var it = await StartAsync(postgres);
        var committed = await it.CommitAsync(
            Message("in-a-year") with { NotBefore = DateTimeOffset.UtcNow.AddYears(1) },
            Message("in-an-hour") with { NotBefore = DateTimeOffset.UtcNow.AddHours(1) },
            Message("now"));
        await it.Writer.PublishAsync(committed, Ct);
        await it.MakeDueAsync();

        // Nor does what is written after it.
        await it.Writer.PublishAsync(await it.CommitAsync(Message("later")), Ct);

        Assert.Equal(["now", "later"], it.Sent);
        Assert.Equal(default, await it.SweepAsync());
        Assert.Equal(2, await it.WaitingAsync());
    }

    [Fact]
    public async Task When_their_time_has_come_the_relay_publishes_them_in_its_order()
    {
        await using var it = await StartAsync(postgres);
        var hour = DateTimeOffset.UtcNow.AddHours(1);
        await it.CommitAsync(Message("second") with { NotBefore = hour.AddMinutes(2) }, Message("first") with { NotBefore = hour.AddMinutes(1) });

        // Two hours pass, for the rows.
        await it.Database.ExecuteAsync("update outbox set created = created - interval '2 hours', available = available - interval '2 hours'");

        Assert.Equal(new(2, 0, 0), await it.SweepAsync());
        Assert.Equal(["first", "second"], it.Sent);
    }

    [Fact]
    public async Task However_many_are_scheduled_nobody_reads_them_before_their_time()
    {
        await using var server = await StartAsync(postgres);
        await using var it = new RelayUnderTest(NpgsqlDataSource.Create($"{postgres.ConnectionStringOf(server.Database)};Maximum Pool Size=1")) { Options = new() { LanesAtATime = 1 } };
        await it.Database.ExecuteAsync(
            """
            insert into outbox (destination, lane, created, ordinal, message_id, message_key, message_type, body, available, attempts)
            select 'events', n % 16, clock_timestamp() + interval '1 year', n, 'id-' || n, 'key-' || n, 't', repeat('x', 300), clock_timestamp() + interval '1 year', 0
            from generate_series(1, 40000) n
            """);
        await it.Database.ExecuteAsync("analyze outbox");
        var before = await RowsReadAsync(it);

        await it.Writer.PublishAsync(await it.CommitAsync(Message("now")), Ct);
        Assert.Equal(default, await it.SweepAsync());

        Assert.Equal(["now"], it.Sent);
        Assert.InRange(await RowsReadAsync(it) - before, 0, 2_000);
    }

    [Fact]
    public async Task A_time_that_is_past_is_at_once()
    {
        await using var it = await StartAsync(postgres);
        await it.Writer.PublishAsync(await it.CommitAsync(Message("1"), Message("2") with { NotBefore = DateTimeOffset.UtcNow.AddHours(-1) }), Ct);

        Assert.Equal(["1", "2"], it.Sent);
        Assert.Equal(0, await it.WaitingAsync());
    }

    // With one connection, all that was read is in the statistics when it has told of it.
    private static async Task<long> RowsReadAsync(RelayUnderTest it)
    {
        await it.Database.ExecuteAsync("select pg_stat_force_next_flush()");
        return await it.Database.ScalarAsync<long>("select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::bigint from pg_stat_user_tables where relname = 'outbox'");
    }
}
