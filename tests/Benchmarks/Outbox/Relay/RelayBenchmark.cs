using System.Diagnostics;
using Messaging.Outbox;
using Messaging.Publishing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Benchmarks.Outbox.Relay;

/// <summary>How fast a backlog leaves: the relay, the well-known recipe, the same tuned, and a bare loop that deletes, each on a table of its own, one after the other.</summary>
internal static class RelayBenchmark
{
    private const int WarmUpRows = 20_000;

    private delegate Task Fill(NpgsqlDataSource database, int rows);

    private delegate Task Empty(NpgsqlDataSource database, PublishMessages publish);

    public static async Task RunAsync(OutboxSettings settings)
    {
        var rows = settings.Rows ?? 1_000_000;
        var options = settings.Options;
        Console.WriteLine($"relay: {rows:N0} rows waiting, {Backlog.Keys:N0} keys, pages of {options.PageSize:N0}, synchronous_commit on, a sink that does nothing");
        (string Name, Fill Fill, Empty Empty)[] all =
        [
            ($"recipe: skip locked, {Recipe.Workers} workers", Backlog.FillRecipeAsync, Recipe.RunAsync),
            ($"tuned recipe, {Recipe.Workers} workers", Backlog.FillTunedRecipeAsync, TunedRecipe.RunAsync),
            (
                $"bare delete … returning, {options.LanesAtATime} connections",
                Backlog.FillOutboxAsync,
                (d, publish) => BareDelete.RunAsync(d, publish, options.PageSize, options.LanesAtATime)),
            ($"relay, {options.LanesAtATime} lanes at a time", Backlog.FillOutboxAsync, (d, publish) => SweepAsync(d, publish, options)),
        ];
        await using var postgres = await BenchmarkPostgres.StartAsync();
        foreach (var (name, fill, empty) in all)
            await MeasureAsync(postgres, name, WarmUpRows, fill, empty);

        Console.WriteLine($"{"",-44}{"rows a second",14}{"out of order",14}{"processor a row, server + client",36}");
        for (var round = 0; round < settings.Rounds; round++)
        {
            var rates = new List<double>();
            foreach (var (name, fill, empty) in all)
            {
                var result = await MeasureAsync(postgres, name, rows, fill, empty);
                rates.Add(result.PerSecond);
                Console.WriteLine($"{name,-44}{result.PerSecond,14:N0}{result.OutOfOrder,14:N0}{result.Server,26:0.0} + {result.Client,4:0.0} us");
            }

            Console.WriteLine(
                $"relay / recipe {rates[3] / rates[0]:0.00} (to reach: 3)   / tuned recipe {rates[3] / rates[1]:0.00}   / bare delete {rates[3] / rates[2]:0.00} (to reach: 0.5)");
        }
    }

    private static async Task<(double PerSecond, int OutOfOrder, double Server, double Client)> MeasureAsync(
        BenchmarkPostgres postgres, string name, int rows, Fill fill, Empty empty)
    {
        await using var database = await postgres.NewDatabaseAsync();
        await fill(database, rows);
        var sink = new OrderedSink();
        var (start, server, client) = (Stopwatch.GetTimestamp(), postgres.ProcessorSeconds, Environment.CpuUsage.TotalTime);
        await empty(database, sink.PublishAsync);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return sink.Count == rows
            ? (rows / seconds, sink.OutOfOrder, PerRow(postgres.ProcessorSeconds - server), PerRow((Environment.CpuUsage.TotalTime - client).TotalSeconds))
            : throw new InvalidOperationException($"{name}: {sink.Count:N0} of {rows:N0} rows came out.");

        double PerRow(double all) => all * 1e6 / rows;
    }

    private static async Task SweepAsync(NpgsqlDataSource database, PublishMessages publish, OutboxOptions options)
    {
        var relay = new OutboxRelay(database, publish, options, TimeProvider.System, NullLogger<OutboxRelay>.Instance);
        while ((await relay.SweepAsync(CancellationToken.None)).Published > 0)
        {
        }
    }
}
