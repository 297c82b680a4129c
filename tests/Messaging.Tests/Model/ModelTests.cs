using System.Collections.Concurrent;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Messaging.Schema;
using Microsoft.FSharp.Core;
using Npgsql;
using Tests.Common;

namespace Messaging.Tests.Model;

/// <summary>
/// Random messages with random scripts go through a real queue, a real batch and a real inbox, under deaths, lost answers, stalls and faults.
/// Whatever happens, each message ends as its script says. MESSAGING_MODEL_MESSAGES says how many messages there are in all (100,000), and
/// MESSAGING_MODEL_SEED plays others: the seed of a failed run is in its message.
/// </summary>
public sealed class ModelTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const int Lanes = 3;

    // Many times what it takes: a scenario that stands still is told, and does not stop everything.
    private const int LongestRun = 20 * 60 * 1_000;
    private readonly ConcurrentBag<ModelCloud> _clouds = [];
    private NpgsqlDataSource _database = null!;
    private int _scenarios;

    private static int Messages => int.Parse(Environment.GetEnvironmentVariable("MESSAGING_MODEL_MESSAGES") ?? "100000", CultureInfo.InvariantCulture);

    private static int Seed { get; } = int.Parse(Environment.GetEnvironmentVariable("MESSAGING_MODEL_SEED") ?? "20261121", CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync() => _database = await postgres.NewDatabaseAsync([
        .. SchemaMigrator.LibraryScripts,
        new("900_effects.sql", "create table effects (scenario integer, place bigint generated always as identity, message integer not null, primary key (scenario, place));\n"),
    ]);

    [Fact(Timeout = LongestRun)]
    public Task Each_message_of_a_standard_queue_ends_once_and_as_its_script_says() => CheckAsync(fifo: false, Messages * 2 / 5);

    [Fact(Timeout = LongestRun)]
    public Task Each_message_of_a_FIFO_queue_ends_once_in_order_and_as_its_script_says() => CheckAsync(fifo: true, Messages * 3 / 5);

    public async ValueTask DisposeAsync()
    {
        foreach (var cloud in _clouds)
            await cloud.DisposeAsync();
        await _database.DisposeAsync();
    }

    // FsCheck waits for one test at a time, so it is run several times side by side.
    private async Task CheckAsync(bool fifo, int messages)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"MESSAGING_MODEL_SEED={Seed}");
        var tests = (messages / Scenarios.Messages / Lanes) + 1;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => Check.One(
            Config.QuickThrowOnFailure
                .WithName($"MESSAGING_MODEL_SEED={Seed}, lane {lane}")
                .WithMaxTest(tests)
                .WithQuietOnSuccess(true)
                .WithReplay(FSharpOption<Replay>.Some(new(new Rnd((ulong)(Seed + lane + (fifo ? Lanes : 0))), FSharpOption<int>.None))),
            Prop.ForAll(Scenarios.Of(fifo), PlayAsync)))));
    }

    private async Task PlayAsync(Scenario scenario)
    {
        if (!_clouds.TryTake(out var cloud))
            cloud = await ModelCloud.StartAsync();
        try
        {
            var stage = await Stage.SetAsync(scenario, Interlocked.Increment(ref _scenarios), cloud, _database);
            await new Play(stage).RunAsync();
            await FinalAccount.CheckAsync(stage);
        }
        finally
        {
            cloud.Server.SetFaults(null);
            _clouds.Add(cloud);
        }
    }
}
