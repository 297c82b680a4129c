using Messaging.Consuming;
using Messaging.Inbox;
using Messaging.Outbox;
using Messaging.Publishing;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>The inbox on a real PostgreSQL.</summary>
public sealed class InboxTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly Received<Greeting> Message = new(new("id-1", "/tests", "greeting.sent.v1", DateTimeOffset.UnixEpoch), new("hello"), 1);
    private NpgsqlDataSource _database = null!;
    private TestCloud _cloud = null!;
    private string _queue = null!;

    private PostgresInbox Inbox
    {
        get
        {
            var publisher = new Publisher(_cloud.Sqs, _cloud.Sns, new(_ => _queue));
            return new("tests", _database, new OutboxWriter(_database, publisher, new(), TimeProvider.System, NullLogger<OutboxWriter>.Instance), NullLogger<PostgresInbox>.Instance);
        }
    }

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.NewDatabaseAsync([.. SchemaMigrator.LibraryScripts, new("900_effects.sql", "create table effects (n integer not null);\n")]);
        _cloud = await TestCloud.StartAsync();
        _queue = await _cloud.CreateQueueAsync("events");
    }

    [Fact]
    public async Task Sixty_four_concurrent_deliveries_have_one_effect_and_one_announcement()
    {
        var handler = Inbox.InTransaction<Greeting>(EffectAsync);

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => handler(Message, TestContext.Current.CancellationToken)));

        Assert.All(verdicts, verdict => Assert.Equal(Verdict.Done, verdict));
        Assert.Equal(1, await EffectsAsync());
        Assert.Single(await _cloud.DrainAsync(_queue));
    }

    [Fact]
    public async Task A_verdict_that_does_not_acknowledge_leaves_no_trace()
    {
        var inbox = Inbox;
        var refused = await inbox.InTransaction<Greeting>(async (message, work, ct) =>
        {
            await EffectAsync(message, work, ct);
            return Verdict.Retry("later");
        })(Message, TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Retry("later"), refused);
        Assert.Equal(0, await EffectsAsync());
        Assert.Equal(0, await _database.ScalarAsync<long>("select count(*) from inbox"));

        Assert.Equal(Verdict.Done, await inbox.InTransaction<Greeting>(EffectAsync)(Message, TestContext.Current.CancellationToken));
        Assert.Equal(1, await EffectsAsync());
    }

    [Fact]
    public async Task A_handler_that_throws_leaves_no_trace()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Inbox.InTransaction<Greeting>(async (message, work, ct) =>
        {
            await EffectAsync(message, work, ct);
            throw new InvalidOperationException();
        })(Message, TestContext.Current.CancellationToken));

        Assert.Equal(0, await EffectsAsync());
        Assert.Equal(0, await _database.ScalarAsync<long>("select count(*) from outbox"));
    }

    [Fact]
    public async Task A_serialization_conflict_runs_the_handler_again()
    {
        var runs = 0;
        var verdict = await Inbox.InTransaction<Greeting>(async (message, work, ct) =>
        {
            if (++runs < 3)
                throw new PostgresException("conflict", "ERROR", "ERROR", PostgresErrorCodes.SerializationFailure);
            return await EffectAsync(message, work, ct);
        })(Message, TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Done, verdict);
        Assert.Equal(3, runs);
        Assert.Equal(1, await EffectsAsync());
    }

    [Fact]
    public async Task Under_a_lease_one_delivery_runs_and_the_others_come_back_until_it_is_done()
    {
        var running = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        var runs = 0;
        var handler = Inbox.WithLease<Greeting>(async (_, _) =>
        {
            runs++;
            running.SetResult();
            await mayEnd.Task;
            return Verdict.Done;
        });

        var first = handler(Message, TestContext.Current.CancellationToken);
        await running.Task;
        var second = Assert.IsType<Verdict.Retried>(await handler(Message, TestContext.Current.CancellationToken));
        Assert.InRange(second.After!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));

        mayEnd.SetResult();
        Assert.Equal(Verdict.Done, await first);
        Assert.Equal(Verdict.Done, await handler(Message, TestContext.Current.CancellationToken));
        Assert.Equal(1, runs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lease_is_given_back_when_the_handler_fails(bool throws)
    {
        var failing = Inbox.WithLease<Greeting>((_, _) => throws ? throw new InvalidOperationException() : Task.FromResult(Verdict.Retry("later")));
        await Record.ExceptionAsync(() => failing(Message, TestContext.Current.CancellationToken));

        Assert.Equal(Verdict.Done, await Inbox.WithLease<Greeting>((_, _) => Task.FromResult(Verdict.Done))(Message, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_killed_owner_loses_its_lease_and_cannot_end_what_its_heir_does()
    {
        var ct = TestContext.Current.CancellationToken;
        var dead = await InboxClaim.TryTakeAsync(_database, "tests", "id-1", TimeSpan.FromMinutes(1), ct);
        await _database.ExecuteAsync("update inbox set lease_until = clock_timestamp()");
        var heir = await InboxClaim.TryTakeAsync(_database, "tests", "id-1", TimeSpan.FromMinutes(1), ct);
        Assert.Equal(InboxClaimState.Taken, heir.State);

        await dead.EndAsync(done: false, ct);
        Assert.Equal(InboxClaimState.Busy, (await InboxClaim.TryTakeAsync(_database, "tests", "id-1", TimeSpan.FromMinutes(1), ct)).State);
        await heir.EndAsync(done: true, ct);
        Assert.Equal(InboxClaimState.Done, (await InboxClaim.TryTakeAsync(_database, "tests", "id-1", TimeSpan.FromMinutes(1), ct)).State);
    }

    [Fact]
    public async Task Another_consumer_has_a_memory_of_its_own()
    {
        var ct = TestContext.Current.CancellationToken;
        await (await InboxClaim.TryTakeAsync(_database, "one", "id-1", TimeSpan.FromMinutes(1), ct)).EndAsync(done: true, ct);

        Assert.Equal(InboxClaimState.Taken, (await InboxClaim.TryTakeAsync(_database, "two", "id-1", TimeSpan.FromMinutes(1), ct)).State);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    private static async Task<Verdict> EffectAsync(Received<Greeting> message, UnitOfWork work, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into effects values (1)", work.Connection, work.Transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        work.Add(OutgoingMessage.Create(new("out-1", "/tests", "greeting.sent.v1", DateTimeOffset.UnixEpoch), message.Data, TestJson.Default.Greeting, "key", ["events"]));
        return Verdict.Done;
    }

    private Task<long> EffectsAsync() => _database.ScalarAsync<long>("select count(*) from effects");
}
