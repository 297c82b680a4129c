using System.Diagnostics;
using Messaging.Outbox;
using Messaging.Publishing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Benchmarks.Outbox.Relay;

/// <summary>How fast a backlog leaves: the relay, the well-known recipe, and a bare loop that deletes, each on a table of its own, one after the other.</summary>
internal static class RelayBenchmark
{
    public static async Task RunAsync(OutboxSettings settings)
    {
        var rows = settings.Rows ?? 1_000_000;
        var options = settings.Options;
        await using var postgres = await BenchmarkPostgres.StartAsync();
        Console.WriteLine($"relay: {rows:N0} rows waiting, {Backlog.Keys:N0} keys, pages of {options.PageSize:N0}, synchronous_commit on, a sink that does nothing");
        Console.WriteLine($"{"",-44}{"rows a second",14}{"processor/row",15}{"out of order",14}");
        for (var round = 0; round < settings.Rounds; round++)
        {
            var recipe = await MeasureAsync($"recipe: skip locked, {Recipe.Workers} workers", Backlog.FillRecipeAsync, Recipe.RunAsync);
            var bare = await MeasureAsync(
                $"bare delete … returning, {options.LanesAtATime} connections",
                Backlog.FillOutboxAsync,
                (database, publish) => BareDelete.RunAsync(database, publish, options.PageSize, options.LanesAtATime));
            var relay = await MeasureAsync("relay", Backlog.FillOutboxAsync, (database, publish) => SweepAsync(database, publish, options));
            Console.WriteLine($"relay / recipe {relay / recipe:0.00} (to reach: 3)   relay / bare delete {relay / bare:0.00} (to reach: 0.5)");
        }

        async Task<double> MeasureAsync(string name, Func<NpgsqlDataSource, int, Task> fill, Func<NpgsqlDataSource, PublishMessages, Task> empty)
        {
            await using var database = await postgres.NewDatabaseAsync();
            await fill(database, rows);
            var sink = new OrderedSink();
            var (start, processor) = (Stopwatch.GetTimestamp(), postgres.ProcessorSeconds);
            await empty(database, sink.PublishAsync);
            var perSecond = rows / Stopwatch.GetElapsedTime(start).TotalSeconds;
            var microseconds = (postgres.ProcessorSeconds - processor) * 1e6 / rows;
            Console.WriteLine($"{name,-44}{perSecond,14:N0}{microseconds,12:0.0} us{sink.OutOfOrder,14:N0}");
            return sink.Count == rows ? perSecond : throw new InvalidOperationException($"{name}: {sink.Count:N0} of {rows:N0} rows came out.");
        }
    }

    private static async Task SweepAsync(NpgsqlDataSource database, PublishMessages publish, OutboxOptions options)
    {
        var relay = new OutboxRelay(database, publish, options, TimeProvider.System, NullLogger<OutboxRelay>.Instance);
        while ((await relay.SweepAsync(CancellationToken.None)).Published > 0)
        {
        }
    }
}
