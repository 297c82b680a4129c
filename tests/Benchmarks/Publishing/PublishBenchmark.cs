using System.Diagnostics;
using System.Globalization;
using System.Text;
using Amazon.SQS.Model;
using Benchmarks.Consuming;
using Messaging.Publishing;

namespace Benchmarks.Publishing;

/// <summary>Many messages of many keys through the publisher, beside a loop written by hand that sends full batches with the same client and keeps no order.</summary>
internal static class PublishBenchmark
{
    private const int Turns = 10;
    private const int MessagesInTurn = 10_000;
    private const int Keys = 1_000;
    private const string Type = "booking.place.v1";
    private static readonly PublisherOptions Options = new();

    public static async Task RunAsync()
    {
        using var cloud = PublishingCloud.Start();
        var body = Encoding.UTF8.GetString(Samples.Body);
        var messages = Enumerable.Range(0, MessagesInTurn)
            .Select(i => new Outbound(i.ToString(CultureInfo.InvariantCulture), Type, $"key-{i % Keys}", body)).ToArray();
        await ByHandAsync(0);
        await ByPublisherAsync(0);

        var (hand, own, calls) = (new List<(double Rate, double Processor)>(), new List<(double Rate, double Processor)>(), await cloud.CallsAsync("SendMessageBatch"));
        for (var turn = 1; turn <= Turns; turn++)
        {
            // Who begins changes, for the queues fill the server's memory.
            if (turn % 2 == 0)
                own.Add(await MeasureAsync(ByPublisherAsync, turn));
            hand.Add(await MeasureAsync(ByHandAsync, turn));
            if (turn % 2 != 0)
                own.Add(await MeasureAsync(ByPublisherAsync, turn));
        }

        var sent = await cloud.CallsAsync("SendMessageBatch") - calls - (Turns * MessagesInTurn / 10);
        Console.WriteLine($"publish: {Turns * MessagesInTurn:N0} messages of {Samples.Body.Length} bytes to a queue, {Options.CallsAtATime} calls at a time, in {Turns} turns");
        Print("by hand", hand);
        Print("Publisher", own);
        var ratio = own.Zip(hand, (o, h) => o.Rate / h.Rate).Order().ElementAt(Turns / 2);
        Console.WriteLine($"ratio of the rates {ratio:0.00}; calls a message {(double)sent / (Turns * MessagesInTurn):0.000}");

        async Task ByPublisherAsync(int turn)
        {
            var queue = cloud.CreateQueue($"publisher-{turn}");
            var publisher = new Publisher(cloud.Sqs, null!, new(_ => queue), Options);
            if (await publisher.PublishAsync("work", messages, CancellationToken.None) is { Count: > 0 } failures)
                throw new InvalidOperationException(failures[0].Reason);
            cloud.DeleteQueue(queue);
        }

        async Task ByHandAsync(int turn)
        {
            var queue = cloud.CreateQueue($"by-hand-{turn}");
            var next = -10;
            await Task.WhenAll(Enumerable.Range(0, Options.CallsAtATime).Select(_ => SendAsync()));
            cloud.DeleteQueue(queue);

            async Task SendAsync()
            {
                while (Interlocked.Add(ref next, 10) is var first && first < messages.Length)
                {
                    var entries = new List<SendMessageBatchRequestEntry>(10);
                    for (var i = 0; i < 10; i++)
                    {
                        entries.Add(new($"{i}", messages[first + i].Body)
                        {
                            MessageAttributes = new() { ["type"] = new() { DataType = "String", StringValue = Type } },
                        });
                    }

                    var response = await cloud.Sqs.SendMessageBatchAsync(new SendMessageBatchRequest(queue, entries));
                    if (response.Failed is { Count: > 0 } failed)
                        throw new InvalidOperationException(failed[0].Message);
                }
            }
        }
    }

    private static async Task<(double Rate, double Processor)> MeasureAsync(Func<int, Task> side, int turn)
    {
        var (start, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await side(turn);
        return (MessagesInTurn / Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / MessagesInTurn);
    }

    private static void Print(string name, List<(double Rate, double Processor)> turns) => Console.WriteLine(
        $"{name,-12}{turns.Select(t => t.Rate).Order().ElementAt(Turns / 2),10:N0} messages/s {turns.Select(t => t.Processor).Order().ElementAt(Turns / 2),8:0.0} us of processor a message");
}
