using System.Collections.Concurrent;
using Messaging.Consuming;
using Messaging.Inbox;
using Messaging.Outbox;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>An attempt is a run that failed, and nothing else.</summary>
public sealed class AttemptTests(PostgresFixture postgres)
{
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private readonly ConcurrentQueue<string> _handled = new();

    [Fact]
    public async Task The_head_of_a_group_dies_of_its_own_attempts_and_each_follower_is_handled_afterwards_in_order()
    {
        await using var queue = await StartAsync("events.fifo");
        string[] followers = [.. Enumerable.Range(1, 9).Select(i => $"follower-{i}")];
        foreach (var text in followers.Prepend("head"))
            await queue.SendAsync(text, group: "a");

        for (var hour = 0; hour < 20; hour++)
        {
            await queue.HandleAllAsync(Failing("head"));
            queue.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal([.. Enumerable.Repeat("head", queue.Options.MaxAttempts), .. followers], _handled);
        var dead = Assert.Single(await queue.DeadLettersAsync());
        Assert.Equal("head", ConsumerTests.Text(dead.Body));
        Assert.Equal("10", dead.MessageAttributes!["DeadLetterAttempts"].StringValue);
        Assert.Equal("InvalidOperationException", dead.MessageAttributes["DeadLetterErrorType"].StringValue);
        Assert.Equal("10 attempts failed, the last one so: InvalidOperationException", dead.MessageAttributes["DeadLetterReason"].StringValue);
        Assert.Single(_attempts);
    }

    [Fact]
    public async Task A_message_that_was_received_thirty_times_without_running_has_all_its_attempts_still()
    {
        await using var queue = await StartAsync("events");
        await queue.SendAsync("a");
        for (var i = 0; i < 30; i++)
        {
            // What throttling does: Lambda's poller has it, no function gets it.
            Assert.Single((await queue.ReceiveAsync()).Records!);
            queue.Time.Advance(TimeSpan.FromSeconds(31));
        }

        Assert.Equal(["a"], await queue.HandleAsync(await queue.ReceiveAsync(), Failing("a")));

        Assert.Equal([1], _attempts.Values);
        Assert.Empty(await queue.DeadLettersAsync());
    }

    [Fact]
    public async Task Where_nobody_counts_attempts_receives_are_counted()
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        queue.Options = queue.Options with { MaxAttempts = 3 };
        await queue.SendAsync("a");

        for (var hour = 0; hour < 10; hour++)
        {
            await queue.HandleAllAsync(Failing("a"));
            queue.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(3, _handled.Count);
        Assert.Equal("3", Assert.Single(await queue.DeadLettersAsync()).MessageAttributes!["DeadLetterAttempts"].StringValue);
    }

    [Fact]
    public async Task A_dead_letter_that_is_redriven_has_all_its_attempts_again()
    {
        await using var queue = await StartAsync("events");
        queue.Options = queue.Options with { MaxAttempts = 2 };
        await queue.SendAsync("a");
        for (var hour = 0; hour < 2; hour++)
        {
            await queue.HandleAllAsync(Failing("a"));
            queue.Time.Advance(TimeSpan.FromHours(1));
        }

        await queue.SendRawAsync(Assert.Single(await queue.DeadLettersAsync()).Body);

        Assert.Equal(["a"], await queue.HandleAsync(await queue.ReceiveAsync(), Failing("a")));
        Assert.Empty(await queue.DeadLettersAsync());
    }

    [Fact]
    public async Task A_counter_that_is_away_uses_no_attempt_up()
    {
        await using var queue = await StartAsync("events");
        queue.Options = queue.Options with { MaxAttempts = 1, CountAttempt = (_, _) => throw new TimeoutException() };
        await queue.SendAsync("a");
        var log = new RecordedLog();

        Assert.Equal(["a"], await queue.HandleAsync(await queue.ReceiveAsync(), Failing("a", log)));

        Assert.Empty(await queue.DeadLettersAsync());
        Assert.Contains(log.Lines, line => line.Text.StartsWith("tests could not count the failed attempt at message ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_counter_that_hangs_keeps_nobody_waiting()
    {
        await using var queue = await StartAsync("events");
        var asked = new TaskCompletionSource();
        queue.Options = queue.Options with
        {
            MaxAttempts = 1,
            CountAttempt = async (_, ct) =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, ct);
                return 1;
            },
        };
        await queue.SendAsync("a");

        var answering = queue.HandleAsync(await queue.ReceiveAsync(), Failing("a"));
        await asked.Task;
        queue.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["a"], await answering);
        Assert.Empty(await queue.DeadLettersAsync());
    }

    [Fact]
    public async Task Finding_another_delivery_at_work_is_no_attempt()
    {
        await using var database = await postgres.NewDatabaseAsync(SchemaMigrator.LibraryScripts);
        var outbox = new OutboxWriter(database, null!, new(), TimeProvider.System, NullLogger<OutboxWriter>.Instance);
        var inbox = new PostgresInbox("tests", database, outbox, NullLogger<PostgresInbox>.Instance);
        await using var queue = await StartAsync("events");
        queue.Options = queue.Options with { MaxAttempts = 1 };
        await queue.SendAsync("a");
        await queue.SendAsync("a");
        var log = new RecordedLog();

        var returned = await queue.HandleAsync(await queue.ReceiveAsync(), ConsumerTests.Consumer(inbox.WithLease<Greeting>(async (_, _) =>
        {
            await log.UntilAsync("Another delivery of it is being handled.");
            return Verdict.Done;
        }), log));

        Assert.Equal(["a"], returned);
        Assert.Empty(_attempts);
        Assert.Empty(await queue.DeadLettersAsync());
    }

    [Fact]
    public async Task A_run_that_is_cut_off_is_an_attempt_and_what_had_not_begun_is_none()
    {
        await using var queue = await StartAsync("events.fifo");
        await queue.SendAsync("endless", group: "a");
        await queue.SendAsync("waiting", group: "a");
        var begun = new TaskCompletionSource();

        var answering = queue.HandleAsync(await queue.ReceiveAsync(), ConsumerTests.Consumer(async (_, ct) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return Verdict.Done;
        }));
        await begun.Task;
        queue.Time.Advance(TimeSpan.FromSeconds(25));

        Assert.Equal(["endless", "waiting"], await answering);
        Assert.Equal([1], _attempts.Values);
    }

    private async Task<ClockedQueue> StartAsync(string name)
    {
        var queue = await ClockedQueue.StartAsync(name);
        queue.Options = queue.Options with { CountAttempt = (id, _) => Task.FromResult(_attempts.AddOrUpdate(id, 1, (_, n) => n + 1)) };
        return queue;
    }

    private Consumer Failing(string text, RecordedLog? log = null) => ConsumerTests.Consumer(
        (message, _) =>
        {
            _handled.Enqueue(message.Data.Text);
            return message.Data.Text == text ? throw new InvalidOperationException() : Task.FromResult(Verdict.Done);
        },
        log);
}
