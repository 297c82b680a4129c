using Messaging.Consuming;
using Messaging.Inbox;
using Messaging.Publishing;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>The inbox around effects in the database, on a real PostgreSQL.</summary>
public sealed class InboxTests(PostgresFixture postgres) : IAsyncLifetime
{
    private InboxUnderTest _it = null!;

    public async ValueTask InitializeAsync() => _it = await InboxUnderTest.StartAsync(postgres);

    [Fact]
    public async Task Sixty_four_concurrent_deliveries_have_one_effect_and_one_announcement()
    {
        var handler = _it.Open().InTransaction<Greeting>(EffectAsync);

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => handler(InboxUnderTest.Message, TestContext.Current.CancellationToken)));

        Assert.All(verdicts, verdict => Assert.Equal(Verdict.Done, verdict));
        Assert.Equal(1, await _it.EffectsAsync());
        Assert.Single(await _it.Cloud.DrainAsync(_it.Queue));
    }

    [Fact]
    public async Task Sixty_four_concurrent_deliveries_all_get_the_first_answer()
    {
        var runs = 0;
        var handler = _it.Open().InTransaction<Greeting>((_, _, _) => Task.FromResult(Verdict.Discard($"run {Interlocked.Increment(ref runs)}")));

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => handler(InboxUnderTest.Message, TestContext.Current.CancellationToken)));

        Assert.All(verdicts, verdict => Assert.Equal(Verdict.Discard("run 1"), verdict));
    }

    [Fact]
    public async Task A_reason_of_any_length_is_remembered_in_a_bounded_row()
    {
        var handler = _it.Open().InTransaction<Greeting>((_, _, _) => Task.FromResult(Verdict.Discard(new('x', 100_000))));
        await handler(InboxUnderTest.Message, TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Discard(new('x', 1_024)), await handler(InboxUnderTest.Message, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("a\0b", "a?b")]
    [InlineData("😀", "\uFFFD")]
    public async Task A_reason_that_PostgreSQL_would_refuse_is_made_readable(string end, string kept)
    {
        var handler = _it.Open().InTransaction<Greeting>((_, _, _) => Task.FromResult(Verdict.Discard(new string('x', 1_024 - kept.Length) + end)));
        await handler(InboxUnderTest.Message, TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Discard(new string('x', 1_024 - kept.Length) + kept), await handler(InboxUnderTest.Message, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_verdict_that_does_not_acknowledge_leaves_no_trace()
    {
        var inbox = _it.Open();
        var refused = await inbox.InTransaction<Greeting>(async (message, work, ct) =>
        {
            await EffectAsync(message, work, ct);
            return Verdict.Retry("later");
        })(InboxUnderTest.Message, TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Retry("later"), refused);
        Assert.Equal(0, await _it.EffectsAsync());
        Assert.Equal(0, await _it.Database.ScalarAsync<long>("select count(*) from inbox"));

        Assert.Equal(Verdict.Done, await inbox.InTransaction<Greeting>(EffectAsync)(InboxUnderTest.Message, TestContext.Current.CancellationToken));
        Assert.Equal(1, await _it.EffectsAsync());
    }

    [Fact]
    public async Task A_handler_that_throws_leaves_no_trace()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _it.Open().InTransaction<Greeting>(async (message, work, ct) =>
        {
            await EffectAsync(message, work, ct);
            throw new InvalidOperationException();
        })(InboxUnderTest.Message, TestContext.Current.CancellationToken));

        Assert.Equal(0, await _it.EffectsAsync());
        Assert.Equal(0, await _it.Database.ScalarAsync<long>("select count(*) from outbox"));
    }

    [Fact]
    public async Task A_serialization_conflict_runs_the_handler_again()
    {
        var runs = 0;
        var verdict = await _it.Open().InTransaction<Greeting>(async (message, work, ct) =>
        {
            if (++runs < 3)
                throw new PostgresException("conflict", "ERROR", "ERROR", PostgresErrorCodes.SerializationFailure);
            return await EffectAsync(message, work, ct);
        })(InboxUnderTest.Message, TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Done, verdict);
        Assert.Equal(3, runs);
        Assert.Equal(1, await _it.EffectsAsync());
    }

    [Fact]
    public async Task Done_is_not_believed_where_a_failed_statement_has_undone_the_transaction()
    {
        var inbox = _it.Open();
        await Assert.ThrowsAsync<PostgresException>(() => inbox.InTransaction<Greeting>(async (_, work, ct) =>
        {
            await ExecuteAsync(work, "insert into effects values (1)", ct);
            try
            {
                await ExecuteAsync(work, "select 1 / 0", ct);
            }
            catch (PostgresException)
            {
                // "It does not matter": but nothing can be committed any more.
            }

            return Verdict.Done;
        })(InboxUnderTest.Message, TestContext.Current.CancellationToken));
        Assert.Equal(0, await _it.EffectsAsync());

        Assert.Equal(Verdict.Done, await inbox.InTransaction<Greeting>(EffectAsync)(InboxUnderTest.Message, TestContext.Current.CancellationToken));
        Assert.Equal(1, await _it.EffectsAsync());
    }

    [Fact]
    public async Task A_delivery_whose_time_is_over_while_it_waits_for_another_one_is_no_attempt()
    {
        await using var connection = await _it.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var other = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var insert = new NpgsqlCommand("insert into inbox (consumer, message_id, received, done) values ('tests', 'id-1', now(), true)", connection, other);
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        using var time = new CancellationTokenSource();

        var waiting = _it.Open().InTransaction<Greeting>(EffectAsync)(InboxUnderTest.Message, time.Token);
        while (await _it.Database.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0)
            Assert.False(waiting.IsCompleted);
        await time.CancelAsync();

        Assert.False(Assert.IsType<Verdict.Retried>(await waiting).Counts);
    }

    [Fact]
    public async Task A_database_that_is_away_before_the_handler_runs_uses_no_attempt_up()
    {
        await using var away = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=tests");
        var (inbox, runs) = (_it.Open(through: away), 0);

        Assert.False(Assert.IsType<Verdict.Retried>(await inbox.InTransaction<Greeting>(RunAsync)(InboxUnderTest.Message, TestContext.Current.CancellationToken)).Counts);
        Assert.False(Assert.IsType<Verdict.Retried>(await inbox.WithLease<Greeting>((m, ct) => RunAsync(m, null, ct))(InboxUnderTest.Message, TestContext.Current.CancellationToken)).Counts);
        Assert.Equal(0, runs);

        Task<Verdict> RunAsync(Received<Greeting> message, UnitOfWork? work, CancellationToken cancellationToken)
        {
            runs++;
            return Task.FromResult(Verdict.Done);
        }
    }

    [Fact]
    public async Task A_connection_that_dies_before_the_commit_leaves_no_trace_and_the_message_is_handled_again()
    {
        var inbox = _it.Open();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => inbox.InTransaction<Greeting>(async (message, work, ct) =>
        {
            await EffectAsync(message, work, ct);
            await _it.Database.ExecuteAsync($"select pg_terminate_backend({work.Connection.ProcessID})");
            return Verdict.Done;
        })(InboxUnderTest.Message, TestContext.Current.CancellationToken));
        Assert.Equal(0, await _it.EffectsAsync());

        Assert.Equal(Verdict.Done, await inbox.InTransaction<Greeting>(EffectAsync)(InboxUnderTest.Message, TestContext.Current.CancellationToken));
        Assert.Equal(1, await _it.EffectsAsync());
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_brings_the_message_back_to_its_first_answer()
    {
        await using var proxy = new CommitCutter(postgres.ConnectionStringOf(_it.Database));
        await using var through = NpgsqlDataSource.Create(proxy.ConnectionString);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => _it.Open(through: through).InTransaction<Greeting>(async (message, work, ct) =>
        {
            await EffectAsync(message, work, ct);
            return Verdict.Discard("first");
        })(InboxUnderTest.Message, TestContext.Current.CancellationToken));
        Assert.Equal(1, await _it.EffectsAsync());

        Assert.Equal(Verdict.Discard("first"), await _it.Open().InTransaction<Greeting>(EffectAsync)(InboxUnderTest.Message, TestContext.Current.CancellationToken));
        Assert.Equal(1, await _it.EffectsAsync());
    }

    [Fact]
    public async Task Another_consumer_has_a_memory_of_its_own()
    {
        await _it.Open().InTransaction<Greeting>(EffectAsync)(InboxUnderTest.Message, TestContext.Current.CancellationToken);
        await _it.Database.ExecuteAsync("update inbox set consumer = 'another'");

        await _it.Open().InTransaction<Greeting>(EffectAsync)(InboxUnderTest.Message, TestContext.Current.CancellationToken);

        Assert.Equal(2, await _it.EffectsAsync());
    }

    [Fact]
    public async Task An_inbox_of_before_the_answers_were_kept_goes_on()
    {
        await _it.Database.ExecuteAsync("drop table inbox");
        await _it.Database.ExecuteAsync(
            """
            create table inbox (consumer text not null, message_id text not null, received timestamptz not null, done boolean not null,
                                owner text, lease_until timestamptz, primary key (consumer, message_id))
            """);
        await _it.Database.ExecuteAsync("insert into inbox (consumer, message_id, received, done) values ('tests', 'id-1', now(), true)");
        await _it.Database.ExecuteAsync("delete from schema_migrations where name like '005%'");
        await new SchemaMigrator(_it.Database, NullLogger<SchemaMigrator>.Instance)
            .ApplyAsync(SchemaMigrator.LibraryScripts, TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Done, await _it.Open().InTransaction<Greeting>(EffectAsync)(InboxUnderTest.Message, TestContext.Current.CancellationToken));
        Assert.Equal(0, await _it.EffectsAsync());
        await _it.Database.ExecuteAsync("update inbox set received = now() - interval '46 days'");
        Assert.Equal(1, await new InboxCleanup(_it.Database, new(), NullLogger<InboxCleanup>.Instance).RunAsync(TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => _it.DisposeAsync();

    private static async Task ExecuteAsync(UnitOfWork work, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, work.Connection, work.Transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<Verdict> EffectAsync(Received<Greeting> message, UnitOfWork work, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into effects values (1)", work.Connection, work.Transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        work.Add(OutgoingMessage.Create(new("out-1", "/tests", "greeting.sent.v1", DateTimeOffset.UnixEpoch), message.Data, TestJson.Default.Greeting, "key", ["events"]));
        return Verdict.Done;
    }
}
