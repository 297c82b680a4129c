using LocalCloud.Tests;
using Messaging.Consuming;
using Messaging.Inbox;
using Npgsql;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>The inbox around effects outside the database, on a real PostgreSQL.</summary>
public sealed class InboxLeaseTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Third = TimeSpan.FromSeconds(20);
    private readonly RecordedLog<PostgresInbox> _log = new();
    private InboxUnderTest _it = null!;

    public async ValueTask InitializeAsync() => _it = await InboxUnderTest.StartAsync(postgres);

    [Fact]
    public async Task One_delivery_runs_and_the_others_come_back_until_it_is_done()
    {
        var handler = new Held();
        var first = HandleAsync(handler.RunAsync);
        await handler.Running;

        var second = Assert.IsType<Verdict.Retried>(await HandleAsync(handler.RunAsync));
        Assert.InRange(second.After!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));

        handler.End(Verdict.Done);
        Assert.Equal(Verdict.Done, await first);
        Assert.Equal(Verdict.Done, await HandleAsync(handler.RunAsync));
        Assert.Equal(1, handler.Runs);
    }

    [Fact]
    public async Task Of_sixty_four_concurrent_deliveries_one_runs_and_the_others_come_back_to_its_answer()
    {
        var handler = new Held();
        var deliveries = Enumerable.Range(0, 64).Select(_ => HandleAsync(handler.RunAsync)).ToList();

        // The one that runs waits for all the others to be told off.
        var retried = new List<Verdict>();
        while (retried.Count < 63)
        {
            var delivery = await Task.WhenAny(deliveries).WaitAsync(TimeSpan.FromSeconds(30));
            deliveries.Remove(delivery);
            retried.Add(await delivery);
        }

        Assert.All(retried, verdict => Assert.IsType<Verdict.Retried>(verdict));
        handler.End(Verdict.Discard("nobody there"));
        Assert.Equal(Verdict.Discard("nobody there"), await deliveries.Single());

        var returned = await Task.WhenAll(Enumerable.Range(0, 63).Select(_ => HandleAsync(handler.RunAsync)));
        Assert.All(returned, verdict => Assert.Equal(Verdict.Discard("nobody there"), verdict));
        Assert.Equal(1, handler.Runs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lease_is_given_back_when_the_handler_fails(bool throws)
    {
        await Record.ExceptionAsync(() => HandleAsync((_, _) => throws ? throw new InvalidOperationException() : Task.FromResult(Verdict.Retry("later"))));

        Assert.Equal(Verdict.Done, await HandleAsync((_, _) => Task.FromResult(Verdict.Done)));
    }

    [Fact]
    public async Task A_killed_owner_loses_its_lease_and_cannot_end_what_its_heir_does()
    {
        var (owner, heir) = (new Held(), new Held());
        var owners = HandleAsync(owner.RunAsync);
        await owner.Running;
        await _it.ExpireLeaseAsync();
        var heirs = HandleAsync(heir.RunAsync);
        await heir.Running;

        owner.End(Verdict.Done);
        Assert.IsType<Verdict.Retried>(await owners);
        Assert.IsType<Verdict.Retried>(await HandleAsync(owner.RunAsync));

        heir.End(Verdict.Discard("by the heir"));
        Assert.Equal(Verdict.Discard("by the heir"), await heirs);
        Assert.Equal(Verdict.Discard("by the heir"), await HandleAsync(owner.RunAsync));
        Assert.Equal(2, owner.Runs + heir.Runs);
    }

    [Fact]
    public async Task What_an_owner_that_lost_its_lease_answers_does_not_become_of_the_message()
    {
        var (owner, heir) = (new Held(), new Held());
        var owners = HandleAsync(owner.RunAsync);
        await owner.Running;
        await _it.ExpireLeaseAsync();
        var heirs = HandleAsync(heir.RunAsync);
        await heir.Running;

        owner.End(Verdict.DeadLetter("it looked hopeless"));
        Assert.IsType<Verdict.Retried>(await owners);

        heir.End(Verdict.Done);
        Assert.Equal(Verdict.Done, await heirs);
    }

    [Fact]
    public async Task A_handler_that_is_slow_and_alive_keeps_its_lease()
    {
        var time = new FakeTime();
        var handler = new Held();
        var first = HandleAsync(handler.RunAsync, time);
        await handler.Running;

        for (var tick = 0; tick < 6; tick++)
        {
            await _it.Database.ExecuteAsync("update inbox set lease_until = clock_timestamp() + interval '1 second'");
            time.Advance(Third);
            await Eventually.TrueAsync(() => _it.Database.ScalarAsync<bool>("select lease_until > clock_timestamp() + interval '50 seconds' from inbox"));
        }

        Assert.IsType<Verdict.Retried>(await HandleAsync(handler.RunAsync));
        handler.End(Verdict.Done);
        Assert.Equal(Verdict.Done, await first);
        Assert.Equal(1, handler.Runs);
    }

    [Fact]
    public async Task An_owner_that_lost_its_lease_is_told_by_its_token_and_by_the_log()
    {
        var time = new FakeTime();
        var (owner, heir) = (new Held(), new Held());
        var owners = HandleAsync(owner.RunAsync, time);
        await owner.Running;
        await _it.ExpireLeaseAsync();
        var heirs = HandleAsync(heir.RunAsync);
        await heir.Running;

        time.Advance(Third);

        // Nobody ended it: its token did.
        Assert.IsType<Verdict.Retried>(await owners.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("LeaseLost", _log.Names);
        heir.End(Verdict.Done);
        Assert.Equal(Verdict.Done, await heirs);
    }

    [Fact]
    public async Task An_owner_whose_database_is_silent_is_told_when_its_lease_is_over_and_may_still_answer_if_nobody_else_has()
    {
        var ct = TestContext.Current.CancellationToken;
        var time = new FakeTime();
        var (running, told) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = HandleAsync(
            async (_, token) =>
            {
                await using var registration = token.Register(told.SetResult);
                running.SetResult();
                await told.Task;
                return Verdict.Done;
            },
            time);
        await running.Task;

        await using (var connection = await _it.Database.OpenConnectionAsync(ct))
        await using (var transaction = await connection.BeginTransactionAsync(ct))
        {
            await using var command = new NpgsqlCommand("update inbox set received = received", connection, transaction);
            await command.ExecuteNonQueryAsync(ct);
            while (!told.Task.IsCompleted)
            {
                time.Advance(Third);
                await Task.WhenAny(told.Task, Task.Delay(50, ct));
            }

            Assert.Contains("LeaseNotRenewed", _log.Names);
            Assert.Contains("LeaseLost", _log.Names);
        }

        Assert.Equal(Verdict.Done, await first);
        Assert.Equal(Verdict.Done, await HandleAsync((_, _) => throw new InvalidOperationException()));
    }

    [Fact]
    public async Task An_effect_is_remembered_although_the_database_refuses_at_first()
    {
        var runs = 0;
        _log.OnLine = line =>
        {
            if (line.Name == "AnswerNotYetRemembered")
                Execute("alter table away rename to inbox");
        };

        async Task<Verdict> Handler(Received<Greeting> message, CancellationToken cancellationToken)
        {
            runs++;
            await _it.Database.ExecuteAsync("alter table inbox rename to away");
            return Verdict.Done;
        }

        Assert.Equal(Verdict.Done, await HandleAsync(Handler));
        Assert.Equal(Verdict.Done, await HandleAsync(Handler));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task An_effect_that_cannot_be_remembered_is_an_error_and_its_message_is_handled_again_after_the_lease()
    {
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => HandleAsync(async (_, _) =>
        {
            await _it.Database.ExecuteAsync("alter table inbox rename to away");
            return Verdict.Done;
        }));
        await _it.Database.ExecuteAsync("alter table away rename to inbox");

        Assert.IsType<Verdict.Retried>(await HandleAsync((_, _) => Task.FromResult(Verdict.Done)));
        await _it.ExpireLeaseAsync();
        Assert.Equal(Verdict.Done, await HandleAsync((_, _) => Task.FromResult(Verdict.Done)));
    }

    [Fact]
    public async Task A_failure_of_the_handler_is_told_even_if_its_lease_cannot_be_given_back()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => HandleAsync(async (_, _) =>
        {
            await _it.Database.ExecuteAsync("alter table inbox rename to away");
            throw new InvalidOperationException();
        }));

        Assert.Contains("LeaseNotGivenBack", _log.Names);
    }

    [Fact]
    public async Task A_transaction_waits_for_a_lease_and_inherits_a_dead_ones()
    {
        var handler = new Held();
        var first = HandleAsync(handler.RunAsync);
        await handler.Running;
        var transactional = _it.Open().InTransaction<Greeting>((_, _, _) => Task.FromResult(Verdict.Discard("by the transaction")));

        Assert.IsType<Verdict.Retried>(await transactional(InboxUnderTest.Message, TestContext.Current.CancellationToken));
        await _it.ExpireLeaseAsync();
        Assert.Equal(Verdict.Discard("by the transaction"), await transactional(InboxUnderTest.Message, TestContext.Current.CancellationToken));

        handler.End(Verdict.Done);
        Assert.IsType<Verdict.Retried>(await first);
    }

    [Theory]
    [InlineData(2.9)]
    [InlineData(901)]
    public void A_lease_that_is_too_short_to_be_renewed_or_too_long_to_wait_for_is_refused(double seconds) =>
        Assert.StartsWith(
            "Lease is 3 seconds to 15 minutes.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new InboxOptions { Lease = TimeSpan.FromSeconds(seconds) }).Message,
            StringComparison.Ordinal);

    public ValueTask DisposeAsync() => _it.DisposeAsync();

    private Task<Verdict> HandleAsync(MessageHandler<Greeting> handler, TimeProvider? time = null) =>
        _it.Open(time, _log).WithLease(handler)(InboxUnderTest.Message, TestContext.Current.CancellationToken);

    private void Execute(string sql)
    {
        using var command = _it.Database.CreateCommand(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>A handler that runs until the test, or its token, ends it.</summary>
    private sealed class Held
    {
        private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<Verdict> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _runs;

        public Task Running => _running.Task;

        public int Runs => _runs;

        public void End(Verdict verdict) => _end.SetResult(verdict);

        public Task<Verdict> RunAsync(Received<Greeting> message, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _runs);
            _running.TrySetResult();
            return _end.Task.WaitAsync(cancellationToken);
        }
    }
}
