using Amazon.Runtime;
using Amazon.SQS;
using Contracts;
using Messaging.Consuming;
using Messaging.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmarks.Consuming;

/// <summary>The library beside a loop written by hand: from bytes to verdicts, with a handler that does nothing. Both sides take turns in one run.</summary>
internal static class ConsumingBenchmark
{
    private const int Rounds = 25;
    private const int MessagesInRound = 40_000;
    private static readonly Task<Verdict> Done = Task.FromResult(Verdict.Done);
    private static readonly TimeSpan Remaining = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync()
    {
        // As a function does.
        PoolThreads.BeginWithOne();
        var consumer = new Consumer("benchmark", NullLogger.Instance)
            .On(Messages.PlaceBooking.Type, MessageJson.Default.PlaceBooking, (_, _) => Done);
        var byHand = new HandWritten((_, _) => Done);

        Console.WriteLine($"a body of {Samples.Body.Length} bytes{"",18}{"by hand",24}{"library",26}{"ratio (processor, memory)",32}");
        await CompareAsync(
            "single message",
            1,
            () => byHand.HandleAsync(Samples.Body, CancellationToken.None),
            async () => await consumer.HandleAsync(Samples.Body, 1, CancellationToken.None));
        await CompareBatchesAsync("batch of 10, standard", consumer, byHand, Samples.Batch(groups: null), "bookings");
        await CompareBatchesAsync("batch of 10, FIFO in 3 groups", consumer, byHand, Samples.Batch(groups: 3), "bookings.fifo");
        return 0;
    }

    private static async Task CompareBatchesAsync(string name, Consumer consumer, HandWritten byHand, byte[] payload, string queue)
    {
        // Never called: every message is done.
        using var sqs = new AmazonSQSClient(new BasicAWSCredentials("x", "x"), new AmazonSQSConfig { ServiceURL = "http://127.0.0.1:9" });
        var options = new SqsBatchOptions { QueueUrl = $"http://127.0.0.1:9/0/{queue}", DeadLetterQueueUrl = $"http://127.0.0.1:9/0/dead-{queue}" };
        var batch = new SqsBatch(consumer, sqs, options, TimeProvider.System);
        await CompareAsync(
            name,
            10,
            () => byHand.HandleAsync(Event(), CancellationToken.None),
            () => batch.HandleAsync(Event(), Remaining, CancellationToken.None));

        MemoryStream Event() => new(payload, 0, payload.Length, writable: false, publiclyVisible: true);
    }

    private static async Task CompareAsync(string name, int messages, Func<Task> byHand, Func<Task> library)
    {
        var times = MessagesInRound / messages;
        for (var i = 0; i < 10; i++)
        {
            await Cost.MeasureAsync(byHand, times, messages);
            await Cost.MeasureAsync(library, times, messages);
            await Task.Delay(100);
        }

        var rounds = new (Cost ByHand, Cost Library)[Rounds];
        for (var i = 0; i < Rounds; i++)
            rounds[i] = (await Cost.MeasureAsync(byHand, times, messages), await Cost.MeasureAsync(library, times, messages));

        var (hand, own) = (Typical(rounds, r => r.ByHand), Typical(rounds, r => r.Library));
        var ratio = Median(rounds.Select(r => r.Library.Nanoseconds / r.ByHand.Nanoseconds));
        Console.WriteLine($"{name,-32}{Text(hand)}{Text(own)}   {ratio,8:0.00} x {own.Bytes / hand.Bytes,10:0.00} x");
    }

    private static Cost Typical(IEnumerable<(Cost, Cost)> rounds, Func<(Cost ByHand, Cost Library), Cost> side) =>
        new(Median(rounds.Select(r => side(r).Nanoseconds)), Median(rounds.Select(r => side(r).Bytes)));

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static string Text(Cost cost) => $"{cost.Nanoseconds,12:0} ns {cost.Bytes,8:0} B";
}
