using Messaging.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tests.Common;
using static Messaging.Tests.RelayUnderTest;

namespace Messaging.Tests;

/// <summary>The relay in a generic host.</summary>
public sealed class OutboxRelayServiceTests(PostgresFixture postgres)
{
    private static readonly OutboxRelayServiceOptions Fast = new() { Interval = TimeSpan.FromMilliseconds(10), ChoreInterval = TimeSpan.FromSeconds(1) };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_publishes_what_is_due_and_what_becomes_due_later()
    {
        await using var it = await StartAsync(postgres);
        using var host = Host(it, Fast);
        await host.StartAsync(Ct);

        await it.CommitAsync(Message("1"));
        await it.MakeDueAsync();
        await Eventually.TrueAsync(() => it.Sent.Count == 1);
        await it.CommitAsync(Message("2"));
        await it.MakeDueAsync();
        await Eventually.TrueAsync(async () => it.Sent.Count == 2 && await it.WaitingAsync() == 0);

        await host.StopAsync(Ct);
        Assert.Equal(["1", "2"], it.Sent);
    }

    [Fact]
    public async Task A_database_that_goes_away_does_not_end_it()
    {
        await using var it = await StartAsync(postgres);
        await it.Database.ExecuteAsync("alter table outbox rename to outbox_away");
        using var host = Host(it, Fast);
        await host.StartAsync(Ct);
        await Eventually.TrueAsync(() => it.ServiceLog.Lines.Any(line => line.Text.StartsWith("The relay could not sweep the outbox, failure 2 in a row", StringComparison.Ordinal)));

        await it.Database.ExecuteAsync("alter table outbox_away rename to outbox");
        await it.CommitAsync(Message("1"));
        await it.MakeDueAsync();

        await Eventually.TrueAsync(() => it.Sent.Count == 1);
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task Its_chores_run_again_and_again_and_one_that_fails_stops_nothing()
    {
        await using var it = await StartAsync(postgres);
        var (failures, done) = (0, 0);
        using var host = Host(it, Fast with
        {
            Chores =
            [
                _ => throw new InvalidOperationException($"{Interlocked.Increment(ref failures)}"),
                _ => Task.FromResult(Interlocked.Increment(ref done)),
            ],
        });
        await host.StartAsync(Ct);
        await it.CommitAsync(Message("1"));
        await it.MakeDueAsync();

        await Eventually.TrueAsync(() => failures >= 2 && done >= 2 && !it.Sent.IsEmpty);
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task When_the_host_stops_its_call_ends_and_what_is_out_is_marked()
    {
        await using var it = await StartAsync(postgres);
        it.Options = new() { PageSize = 10, LanesAtATime = 1 };
        var (inCall, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        it.InCall = (_, ct) =>
        {
            inCall.TrySetResult();
            return answer.Task.WaitAsync(ct);
        };
        await it.CommitAsync([.. Enumerable.Range(0, 15).Select(i => Message($"{i:d2}"))]);
        await it.MakeDueAsync();
        using var host = Host(it, Fast);
        await host.StartAsync(Ct);
        await inCall.Task.WaitAsync(Ct);

        var stopped = host.StopAsync(Ct);
        answer.SetResult();
        await stopped;

        Assert.Equal(10, it.Sent.Count);
        Assert.Equal(5, await it.WaitingAsync());

        // Nobody need wait for its lease.
        Assert.Equal(5, (await it.SweepAsync()).Published);
    }

    private static IHost Host(RelayUnderTest it, OutboxRelayServiceOptions options)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<Microsoft.Extensions.Logging.ILogger<OutboxRelayService>>(it.ServiceLog);
        builder.Services.AddOutboxRelay(_ => it.NewRelay(), _ => options);
        return builder.Build();
    }
}
