using System.Diagnostics;
using System.Globalization;
using Messaging.Schema;
using Npgsql;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>Worker processes on one queue, with an inbox on a real PostgreSQL, that are stopped, killed and started anew.</summary>
public sealed class PollingProcessTests(PostgresFixture postgres)
{
    private const int Messages = 600;
    private const int Groups = 25;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private sealed record Worker(Process Process, Task Ready);

    // Where nobody is killed, the visibility timeout is longer than the test: every message that a worker did not finish was handed back.
    [Theory]
    [InlineData("work", false, 600)]
    [InlineData("work.fifo", false, 600)]
    [InlineData("work", true, 4)]
    [InlineData("work.fifo", true, 4)]
    public async Task Whatever_ends_the_workers_every_message_has_one_effect(string name, bool kills, int visibilitySeconds)
    {
        await using var database = await DatabaseAsync();
        await using var queue = await PolledQueue.CreateAsync(name);
        var random = new Random(11);
        var workers = new List<Worker>();
        Worker Start() => StartWorker(queue, database, visibilitySeconds, workMilliseconds: 150);
        for (var i = 0; i < 3; i++)
            workers.Add(Start());
        var sending = queue.SendAsync(Enumerable.Range(0, Messages).Select(i => ($"{i % Groups:00}-{i / Groups:000}", queue.Options.IsFifo ? $"g{i % Groups}" : null)));

        for (var round = 1; round <= 6; round++)
        {
            await Eventually.TrueAsync(async () => await EffectsAsync(database) >= round * Messages / 10, Patience);
            await Task.WhenAny(workers.Select(worker => worker.Ready)).WaitAsync(Patience);
            var ready = workers.Where(worker => worker.Ready.IsCompleted).ToArray();
            var victim = ready[random.Next(ready.Length)];
            workers.Remove(victim);
            workers.Add(Start());
            var signal = kills && random.Next(2) == 0 ? "KILL" : "TERM";
            Assert.Equal(signal == "TERM" ? 0 : 128 + 9, await SignalAsync(victim, signal));
        }

        await sending;
        await Eventually.TrueAsync(async () => await queue.CountAsync() == (0, 0), Patience);
        foreach (var worker in workers)
        {
            await worker.Ready.WaitAsync(Patience);
            Assert.Equal(0, await SignalAsync(worker, "TERM"));
        }

        var effects = await TextsAsync(database);
        Assert.Equal(Messages, effects.Count);
        Assert.Equal(Messages, effects.Distinct().Count());
        if (queue.Options.IsFifo)
            Assert.All(effects.GroupBy(text => text[..2]), group => Assert.Equal(group.Order(), group));
        Assert.Empty(await queue.Cloud.DrainAsync(queue.Options.DeadLetterQueueUrl));
    }

    [Theory]
    [InlineData("work")]
    [InlineData("work.fifo")]
    public async Task A_worker_that_is_told_to_stop_ends_with_0_and_leaves_nothing_hidden(string name)
    {
        await using var database = await DatabaseAsync();
        await using var queue = await PolledQueue.CreateAsync(name);
        await queue.SendAsync(Enumerable.Range(0, 40).Select(i => ($"{i}", queue.Options.IsFifo ? $"g{i % 8}" : null)));
        var worker = StartWorker(queue, database, visibilitySeconds: 600, workMilliseconds: -1);
        await Eventually.TrueAsync(async () => (await queue.CountAsync()).Hidden == 16, Patience);

        Assert.Equal(0, await SignalAsync(worker, "TERM"));

        Assert.Equal((40, 0), await queue.CountAsync());
        Assert.Equal(0, await EffectsAsync(database));
    }

    private async Task<NpgsqlDataSource> DatabaseAsync() => await postgres.NewDatabaseAsync(
        [.. SchemaMigrator.LibraryScripts, new("900_effects.sql", "create table effects (place bigserial primary key, text text not null);\n")]);

    private Worker StartWorker(PolledQueue queue, NpgsqlDataSource database, int visibilitySeconds, int workMilliseconds)
    {
        var start = new ProcessStartInfo("dotnet", [TestPrograms.Worker]) { RedirectStandardOutput = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = queue.Cloud.Server.Endpoint.ToString(),
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_REGION"] = "us-east-1",
            ["QUEUE_URL"] = queue.Options.QueueUrl,
            ["DEAD_LETTER_QUEUE_URL"] = queue.Options.DeadLetterQueueUrl,
            ["DATABASE"] = postgres.ConnectionStringOf(database),
            ["VISIBILITY_SECONDS"] = visibilitySeconds.ToString(CultureInfo.InvariantCulture),
            ["WORK_MILLISECONDS"] = workMilliseconds.ToString(CultureInfo.InvariantCulture),
            ["Logging__LogLevel__Default"] = "Error",
            ["LOG_LEVEL"] = "Error",
        })
            start.Environment[name] = value;
        var ready = new TaskCompletionSource();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data == "Ready")
                ready.TrySetResult();
        };
        process.Start();
        process.BeginOutputReadLine();
        return new(process, ready.Task);
    }

    /// <summary>Signals a worker and tells the code with which it ends.</summary>
    private static async Task<int> SignalAsync(Worker worker, string signal)
    {
        using var process = worker.Process;
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    private static Task<long> EffectsAsync(NpgsqlDataSource database) => database.ScalarAsync<long>("select count(*) from effects");

    private static async Task<IReadOnlyList<string>> TextsAsync(NpgsqlDataSource database)
    {
        var texts = new List<string>();
        await using var command = database.CreateCommand("select text from effects order by place");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            texts.Add(reader.GetString(0));
        return texts;
    }
}
