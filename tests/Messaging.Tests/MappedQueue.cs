using Amazon.Lambda.SQSEvents;
using Amazon.SQS;
using Messaging.Consuming;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>A queue with its dead-letter queue, and what an event-source mapping does around a batch of it.</summary>
internal sealed record MappedQueue(TestCloud Cloud, string Url, string DeadLetterUrl, string Name)
{
    public static async Task<MappedQueue> CreateAsync(TestCloud cloud, string name) =>
        new(cloud, await cloud.CreateQueueAsync(name), await cloud.CreateQueueAsync($"dead-{name}"), name);

    /// <summary>Sends texts, each with its group.</summary>
    public async Task SendAsync(params IReadOnlyList<(string Text, string? Group)> messages)
    {
        foreach (var (text, group) in messages)
        {
            await Cloud.Sqs.SendMessageAsync(new()
            {
                QueueUrl = Url,
                MessageBody = ConsumerTests.Body(text, text),
                MessageGroupId = group,
                MessageDeduplicationId = Name.EndsWith(".fifo", StringComparison.Ordinal) ? text : null,
            });
        }
    }

    /// <summary>Sends texts, each with its group, and takes them as Lambda's poller would; in the order in which they were sent.</summary>
    public async Task<SQSEvent> DeliverAsync(params IReadOnlyList<(string Text, string? Group)> messages)
    {
        await SendAsync(messages);
        var records = new List<SQSEvent.SQSMessage>();
        while (records.Count < messages.Count)
            records.AddRange((await ReceiveAsync(waitSeconds: 5)).Records!);
        return new() { Records = [.. messages.Select(m => records.Single(r => Text(r) == m.Text))] };
    }

    /// <summary>What the queue hands out now.</summary>
    public async Task<SQSEvent> ReceiveAsync(int waitSeconds = 0)
    {
        var response = await Cloud.Sqs.ReceiveMessageAsync(
            new() { QueueUrl = Url, MaxNumberOfMessages = 10, WaitTimeSeconds = waitSeconds, MessageSystemAttributeNames = ["All"] });
        return LambdaEvents.Of(response.Messages, Name);
    }

    public SqsBatch For(
        Consumer consumer, TimeProvider time, int concurrency = 10, IAmazonSQS? sqs = null, int maxAttempts = 10, Func<string, CancellationToken, Task<int>>? countAttempt = null) => new(
        consumer,
        sqs ?? Cloud.Sqs,
        new() { QueueUrl = Url, DeadLetterQueueUrl = DeadLetterUrl, Concurrency = concurrency, MaxAttempts = maxAttempts, CountAttempt = countAttempt },
        time);

    /// <summary>The texts of the messages with these ids, in order of the alphabet.</summary>
    public static IEnumerable<string> Texts(SQSEvent batch, IReadOnlyList<string> ids) =>
        ids.Select(id => Text(batch.Records!.First(r => r.MessageId == id))).Order(StringComparer.Ordinal);

    public static string Text(SQSEvent.SQSMessage message) => ConsumerTests.Text(message.Body!);
}
