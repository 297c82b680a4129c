using System.Diagnostics;
using Messaging.Inbox;
using Messaging.Outbox;
using Messaging.Publishing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Benchmarks.Outbox.Space;

/// <summary>How large the tables get while messages go through: written to the outbox, published by the relay, remembered by an inbox, forgotten by its clean-up.</summary>
internal static class SpaceBenchmark
{
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CleanEvery = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(OutboxSettings settings)
    {
        var (rows, rate) = (settings.Rows ?? 10_000_000, settings.Rate ?? 10_000);
        await using var postgres = await BenchmarkPostgres.StartAsync(Vacuuming.ServerSettings);
        await using var database = await postgres.NewDatabaseAsync();
        await Vacuuming.ApplyAsync(database);
        Console.WriteLine($"space: {rows:N0} rows, {rate:N0} a second; the inbox remembers {Remembering.Window.TotalSeconds:0} s of them");
        Vacuuming.Print();

        using var stop = new CancellationTokenSource();
        var remembering = new Remembering(database);
        var sampling = TableSizes.SampleAsync(database, SampleEvery, () => remembering.Count, stop.Token);
        var cleaning = CleanAsync(database, stop.Token);
        var relaying = RelayAsync(database, remembering.PublishAsync, settings, rows, () => remembering.Count);
        await Traffic.WriteAsync(database, rows, rate);
        await relaying;
        await stop.CancelAsync();
        await cleaning;
        (await sampling).Print();
    }

    private static async Task RelayAsync(NpgsqlDataSource database, PublishMessages publish, OutboxSettings settings, int rows, Func<int> count)
    {
        var relay = new OutboxRelay(database, publish, settings.Options, TimeProvider.System, NullLogger<OutboxRelay>.Instance);
        while (count() < rows)
        {
            if ((await relay.SweepAsync(CancellationToken.None)).Published == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task CleanAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        var cleanup = new InboxCleanup(database, new(), NullLogger<InboxCleanup>.Instance);
        while (!stop.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            await cleanup.RunAsync(CancellationToken.None);
            var rest = CleanEvery - Stopwatch.GetElapsedTime(start);
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
