using System.Text;
using Amazon.Runtime;
using Amazon.SQS;
using Messaging.Consuming;
using Messaging.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace TestWorker;

/// <summary>A batch whose handlers block their threads until all of them run: it prints what Lambda would get for an answer.</summary>
internal static class BlockedBatch
{
    // A pool that grows by itself gets one thread in half a second: it has not so many before the handlers' time is over.
    private const int Messages = 60;
    private static readonly TimeSpan Remaining = TimeSpan.FromSeconds(30);

    public static async Task RunAsync()
    {
        // As a function does.
        PoolThreads.BeginWithOne();
        using var together = new CountdownEvent(Messages);
        var consumer = new Consumer("blocked", NullLogger.Instance).On("greeting.sent.v1", WorkerJson.Default.Greeting, (_, ct) =>
        {
            together.Signal();
            together.Wait(ct);
            return Task.FromResult(Verdict.Done);
        });
        using var sqs = new AmazonSQSClient(new BasicAWSCredentials("x", "x"), new AmazonSQSConfig { ServiceURL = "http://127.0.0.1:9" });
        var batch = new SqsBatch(
            consumer,
            sqs,
            new() { QueueUrl = "http://127.0.0.1:9/0/events", DeadLetterQueueUrl = "http://127.0.0.1:9/0/dead-events", Concurrency = Messages },
            TimeProvider.System);
        using var payload = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', Enumerable.Range(0, Messages).Select(Record))}}]}"""));
        using var answer = new StreamReader(await batch.HandleAsync(payload, Remaining, CancellationToken.None));
        Console.Write(await answer.ReadToEndAsync());
    }

    private static string Record(int number) =>
        $$$"""
        {"messageId":"{{{number}}}","receiptHandle":"","attributes":{"ApproximateReceiveCount":"1"},"eventSourceARN":"arn:aws:sqs:us-east-1:000000000000:events",
         "body":"{\"specversion\":\"1.0\",\"id\":\"{{{number}}}\",\"source\":\"/tests\",\"type\":\"greeting.sent.v1\",\"time\":\"2026-01-01T00:00:00Z\",\"data\":{\"text\":\"hello\"}}"}
        """;
}
