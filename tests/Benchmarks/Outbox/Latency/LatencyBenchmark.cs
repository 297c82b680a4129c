using System.Diagnostics;
using System.Globalization;
using Amazon.SQS.Model;
using Messaging.Outbox;
using Messaging.Publishing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Benchmarks.Outbox.Latency;

/// <summary>
/// How soon after its commit a message is with its topic. Messages come at their own times, whether the one before is ready or not; what a message
/// waits for its turn shows in the row that counts from the time it was due.
/// </summary>
internal static class LatencyBenchmark
{
    private const int WarmUpSeconds = 10;
    private const int Keys = 1_000;
    private static readonly string Text = new('x', 400);

    public static async Task RunAsync(OutboxSettings settings)
    {
        var rate = settings.Rate ?? 200;
        var (first, messages) = (rate * WarmUpSeconds, rate * (WarmUpSeconds + settings.Seconds));
        Console.WriteLine(
            $"latency: {rate:N0} messages a second for {settings.Seconds} s after {WarmUpSeconds} s of warm-up, one a transaction, synchronous_commit on");
        await using var postgres = await BenchmarkPostgres.StartAsync();
        await using var database = await postgres.NewDatabaseAsync();
        using var cloud = await BenchmarkCloud.StartAsync();
        var stamps = new Stamps(messages);
        var outbox = new OutboxWriter(database, PublishAsync, new(), TimeProvider.System, NullLogger<OutboxWriter>.Instance);

        using var stop = new CancellationTokenSource();
        var receiving = ReceiveAsync(cloud, stamps, stop.Token);
        await Task.WhenAll(await BeginAllAsync(database, outbox, stamps, rate));
        await Task.WhenAny(receiving, Task.Delay(TimeSpan.FromSeconds(10)));
        await stop.CancelAsync();
        await receiving;

        Console.WriteLine($"{"",-44}{"p50",9}{"p99",9}{"p99.9",9}{"max",9}");
        Stamps.Print("commit to published", first, stamps.Committed, stamps.Published);
        Stamps.Print("due to published (with the transaction)", first, stamps.Due, stamps.Published);
        Stamps.Print("commit to received by a polling consumer", first, stamps.Committed, stamps.Received);
        var seconds = Stopwatch.GetElapsedTime(stamps.Committed[first], stamps.Committed[first..].Max()).TotalSeconds;
        await using var waiting = database.CreateCommand("select count(*) from outbox");
        Console.WriteLine($"{(messages - first) / seconds:N0} messages a second; {await waiting.ExecuteScalarAsync()} left to the relay");

        async Task<IReadOnlyList<PublishFailure>> PublishAsync(string destination, IReadOnlyList<Outbound> batch, CancellationToken cancellationToken)
        {
            var failures = await cloud.Publisher.PublishAsync(destination, batch, cancellationToken);
            var now = Stopwatch.GetTimestamp();
            foreach (var message in batch.ExceptBy(failures.Select(f => f.MessageId), m => m.Id))
                stamps.Published[Number(message.Id)] = now;
            return failures;
        }
    }

    /// <summary>Begins each message when it is due. Those that are not ready are under way side by side.</summary>
    private static async Task<IEnumerable<Task>> BeginAllAsync(NpgsqlDataSource database, OutboxWriter outbox, Stamps stamps, int rate)
    {
        var underWay = new Task[stamps.Due.Length];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < underWay.Length; i++)
        {
            stamps.Due[i] = start + (i * Stopwatch.Frequency / rate);
            while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), stamps.Due[i]) is { Ticks: > 0 } early)
                await Task.Delay(early < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : early);
            var number = i;
            underWay[i] = Task.Run(() => SendAsync(database, outbox, stamps, number));
        }

        return underWay;
    }

    private static async Task SendAsync(NpgsqlDataSource database, OutboxWriter outbox, Stamps stamps, int number)
    {
        var id = number.ToString(CultureInfo.InvariantCulture);
        var body = $$$"""{"specversion":"1.0","id":"{{{id}}}","type":"benchmark.happened.v1","source":"/benchmark","data":{"text":"{{{Text}}}"}}""";
        CommittedMessages committed;
        await using (var connection = await database.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            committed = await outbox.AddAsync(transaction, [new(id, "benchmark.happened.v1", $"key-{number % Keys}", ["benchmark"], body)], CancellationToken.None);
            await transaction.CommitAsync();
            stamps.Committed[number] = Stopwatch.GetTimestamp();
        }

        await outbox.PublishAsync(committed, CancellationToken.None);
    }

    private static async Task ReceiveAsync(BenchmarkCloud cloud, Stamps stamps, CancellationToken stop)
    {
        var left = stamps.Received.Length;
        while (left > 0 && !stop.IsCancellationRequested)
        {
            var response = await cloud.Sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest
                {
                    QueueUrl = cloud.QueueUrl,
                    MaxNumberOfMessages = 10,
                    WaitTimeSeconds = 1,
                    MessageSystemAttributeNames = ["MessageDeduplicationId"],
                },
                CancellationToken.None);
            var now = Stopwatch.GetTimestamp();
            if (response.Messages is not { Count: > 0 } messages)
                continue;
            foreach (var message in messages)
                stamps.Received[Number(message.Attributes!["MessageDeduplicationId"])] = now;
            left -= messages.Count;
            await cloud.Sqs.DeleteMessageBatchAsync(
                new DeleteMessageBatchRequest
                {
                    QueueUrl = cloud.QueueUrl,
                    Entries = [.. messages.Select((m, i) => new DeleteMessageBatchRequestEntry { Id = $"{i}", ReceiptHandle = m.ReceiptHandle })],
                },
                CancellationToken.None);
        }
    }

    private static int Number(string id) => int.Parse(id, CultureInfo.InvariantCulture);
}
