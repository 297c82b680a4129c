using Messaging.Inbox;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>What the inbox forgets, on a real PostgreSQL.</summary>
public sealed class InboxCleanupTests(PostgresFixture postgres) : IAsyncLifetime
{
    private NpgsqlDataSource _database = null!;

    public async ValueTask InitializeAsync() => _database = await postgres.NewDatabaseAsync(SchemaMigrator.LibraryScripts);

    [Fact]
    public async Task What_is_past_45_days_is_forgotten_and_nothing_else()
    {
        await FillAsync(messages: 2_345, days: 45.01);
        await FillAsync(messages: 17, days: 44.99);
        await _database.ExecuteAsync("insert into inbox_attempt select 'tests', 'old-' || g, 3, now() - interval '45 days 1 minute' from generate_series(1, 1234) g");
        await _database.ExecuteAsync("insert into inbox_attempt values ('tests', 'young', 3, now() - interval '44 days')");

        Assert.Equal(2_345 + 1_234, await CleanUpAsync(new()));

        Assert.Equal(17, await _database.ScalarAsync<long>("select count(*) from inbox"));
        Assert.Equal("young", await _database.ScalarAsync<string>("select message_id from inbox_attempt"));
        Assert.Equal(0, await CleanUpAsync(new()));
    }

    [Fact]
    public async Task A_page_takes_the_oldest_and_the_next_run_goes_on()
    {
        await FillAsync(messages: 100, days: 50);
        await FillAsync(messages: 10, days: 60);
        var options = new InboxCleanupOptions { PageSize = 10, MostPages = 1 };

        Assert.Equal(10, await CleanUpAsync(options));
        Assert.True(await _database.ScalarAsync<bool>("select min(received) > now() - interval '51 days' from inbox"));
        Assert.Equal(30, await CleanUpAsync(options with { MostPages = 3 }));
        Assert.Equal(70, await _database.ScalarAsync<long>("select count(*) from inbox"));
    }

    [Fact]
    public async Task A_page_is_bounded_even_if_all_rows_are_of_one_moment()
    {
        await _database.ExecuteAsync("insert into inbox (consumer, message_id, received, done) select 'tests', 'id-' || g, timestamptz '2020-01-01', true from generate_series(1, 50) g");

        Assert.Equal(10, await CleanUpAsync(new() { PageSize = 10, MostPages = 1 }));
        Assert.Equal(40, await CleanUpAsync(new() { PageSize = 10 }));
    }

    [Fact]
    public async Task A_running_lease_is_never_deleted_and_holds_up_nothing_behind_it()
    {
        await FillAsync(messages: 25, days: 46);
        await _database.ExecuteAsync("insert into inbox select 'tests', 'running-' || g, now() - interval '99 days', false, null, 'owner', now() + interval '1 minute' from generate_series(1, 15) g");
        await _database.ExecuteAsync("insert into inbox values ('tests', 'killed', now() - interval '98 days', false, null, 'owner', now() - interval '98 days')");

        Assert.Equal(26, await CleanUpAsync(new() { PageSize = 10 }));
        Assert.Equal(15, await _database.ScalarAsync<long>("select count(*) from inbox where message_id like 'running-%'"));
        Assert.Equal(15, await _database.ScalarAsync<long>("select count(*) from inbox"));
    }

    [Fact]
    public async Task Several_at_once_do_no_harm()
    {
        await FillAsync(messages: 3_000, days: 46);
        await FillAsync(messages: 30, days: 1);

        var deleted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CleanUpAsync(new() { PageSize = 50 })));

        Assert.Equal(3_000, deleted.Sum());
        Assert.Equal(30, await _database.ScalarAsync<long>("select count(*) from inbox"));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_leaves_the_rest_for_the_next()
    {
        await FillAsync(messages: 30, days: 46);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new InboxCleanup(_database, new(), NullLogger<InboxCleanup>.Instance).RunAsync(new(canceled: true)));

        Assert.Equal(30, await CleanUpAsync(new()));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(99, true)]
    [InlineData(10, false)]
    [InlineData(99, false)]
    public async Task Neither_the_clean_up_nor_a_claim_reads_the_whole_table(int percentExpired, bool analyzed)
    {
        await _database.ExecuteAsync(
            $"""
            insert into inbox (consumer, message_id, received, done)
            select 'consumer-' || g % 5, 'id-' || g, now() - interval '1 second' * g - case when g % 100 < {percentExpired} then interval '46 days' else interval '0' end, true
            from generate_series(1, 100000) g
            """);
        await _database.ExecuteAsync("insert into inbox_attempt select consumer, message_id, 1, received from inbox");
        if (analyzed)
        {
            await _database.ExecuteAsync("analyze inbox");
            await _database.ExecuteAsync("analyze inbox_attempt");
        }

        var options = new InboxCleanupOptions { PageSize = 1_000 };

        foreach (var rows in new[] { ExpiredRows.Messages, ExpiredRows.Attempts })
        {
            var end = await rows.EndOfPageAsync(_database, ExpiredRows.Start, options, TestContext.Current.CancellationToken);
            await AssertNoSequentialScanAsync(rows.EndOfPage, DateTime.UnixEpoch, "", "", options.Memory, options.PageSize);
            await AssertNoSequentialScanAsync(rows.Delete, end!.Value.Time, end.Value.Consumer, end.Value.MessageId, DateTime.UnixEpoch);
        }

        await AssertNoSequentialScanAsync(InboxTable.Record, "consumer-1", "id-1");
        await AssertNoSequentialScanAsync(InboxTable.Take, "consumer-1", "id-1", "owner", TimeSpan.FromMinutes(1));
        await AssertNoSequentialScanAsync(InboxTable.Find, "consumer-1", "id-1");
        await AssertNoSequentialScanAsync(InboxTable.Renew, "consumer-1", "id-1", "owner", TimeSpan.FromMinutes(1));
        await AssertNoSequentialScanAsync(InboxTable.Remember, "consumer-1", "id-1", "owner", DBNull.Value);
        await AssertNoSequentialScanAsync(InboxTable.RememberReason, "consumer-1", "id-1", "reason");
        await AssertNoSequentialScanAsync(InboxTable.GiveBack, "consumer-1", "id-1", "owner");
        await AssertNoSequentialScanAsync(AttemptCounter.Count, "consumer-1", "id-1");
    }

    [Fact]
    public async Task Space_stays_bounded_over_the_days()
    {
        foreach (var table in new[] { "inbox", "inbox_attempt" })
            await _database.ExecuteAsync($"alter table {table} set (autovacuum_enabled = false)");
        await FillAsync(messages: 5_000, days: 10);
        var sizes = new List<long>();
        for (var day = 0; day < 12; day++)
        {
            await FillAsync(messages: 5_000, days: 46);
            await _database.ExecuteAsync("insert into inbox_attempt select consumer, message_id, 1, received from inbox where received < now() - interval '45 days'");
            Assert.Equal(10_000, await CleanUpAsync(new()));
            await VacuumAsync();
            sizes.Add(await _database.ScalarAsync<long>("select pg_total_relation_size('inbox') + pg_total_relation_size('inbox_attempt')"));
        }

        Assert.InRange(sizes[^1], 0, sizes[2] * 1.1);
    }

    [Fact]
    public void A_memory_shorter_than_the_latest_duplicate_is_refused() =>
        Assert.StartsWith(
            "Memory is 37 to 3,650 days: a duplicate can be 37 days late.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new InboxCleanupOptions { Memory = TimeSpan.FromDays(36.9) }).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(9)]
    [InlineData(1_001)]
    public void A_page_that_DSQL_would_refuse_is_refused(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new InboxCleanupOptions { PageSize = size });

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    // What another session may still see, vacuum leaves, and sessions that are only being opened count for every database: so again, until nothing dead is left.
    private Task VacuumAsync() => Eventually.TrueAsync(async () =>
    {
        await _database.ExecuteAsync("vacuum (disable_page_skipping, index_cleanup on) inbox");
        await _database.ExecuteAsync("vacuum (disable_page_skipping, index_cleanup on) inbox_attempt");
        return await _database.ScalarAsync<long>("select sum(n_dead_tup)::bigint from pg_stat_user_tables where relname in ('inbox', 'inbox_attempt')") == 0;
    });

    private Task<int> CleanUpAsync(InboxCleanupOptions options) =>
        new InboxCleanup(_database, options, NullLogger<InboxCleanup>.Instance).RunAsync(TestContext.Current.CancellationToken);

    private Task FillAsync(int messages, double days) => _database.ExecuteAsync(FormattableString.Invariant(
        $"""
        insert into inbox (consumer, message_id, received, done)
        select 'tests', gen_random_uuid()::text, now() - interval '1 day' * {days} - interval '1 microsecond' * g, true from generate_series(1, {messages}) g
        """));

    private async Task AssertNoSequentialScanAsync(string sql, params object[] values)
    {
        await using var command = _database.CreateCommand("explain " + sql);
        command.AddValues(values);
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            plan.Add(reader.GetString(0));
        Assert.NotEmpty(plan);
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }
}
