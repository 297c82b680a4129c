using System.Collections.Concurrent;
using Amazon.Lambda.SQSEvents;
using Amazon.SQS;
using Amazon.SQS.Model;
using LocalCloud.Faults;
using Messaging.Consuming;
using Messaging.Parking;
using Messaging.Polling;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>A FIFO queue whose consumer parks groups, worked off batch by batch. A message's text is its group's letter and a number.</summary>
internal sealed class ParkingQueue : IAsyncDisposable
{
    private const string Consumer = "tests";
    private const int MostBatches = 1_000;
    private readonly AmazonSQSClient _sqs;
    private readonly string _url;
    private readonly string _deadLetterUrl;

    private ParkingQueue(TestCloud cloud, NpgsqlDataSource database, string url, string deadLetterUrl)
    {
        (Cloud, Database, _url, _deadLetterUrl) = (cloud, database, url, deadLetterUrl);
        _sqs = cloud.NewImpatientSqs();
        Groups = NewGroups(database);
        Replays = new(database, _sqs, NullLogger<ParkedReplays>.Instance);
    }

    public TestCloud Cloud { get; }

    public NpgsqlDataSource Database { get; }

    public ParkedGroups Groups { get; }

    public ParkedReplays Replays { get; }

    /// <summary>The texts that the handler got, in order.</summary>
    public ConcurrentQueue<string> Runs { get; } = new();

    /// <summary>What the handler answers.</summary>
    public Func<string, Verdict> Answer { get; set; } = _ => Verdict.Done;

    /// <summary>What the consumer parks by; null where it does not.</summary>
    public ParkedGroups? Parking { get; set; }

    /// <summary>The clock of Lambda's minute.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Receives of a message that fails before it is a dead letter.</summary>
    public int MaxAttempts { get; set; } = 10;

    /// <summary>What goes wrong while a batch is handled.</summary>
    public FaultPlan? Faults { get; set; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<ParkingQueue> StartAsync(PostgresFixture postgres)
    {
        var cloud = await TestCloud.StartAsync();
        var queue = new ParkingQueue(
            cloud,
            await postgres.NewDatabaseAsync(SchemaMigrator.LibraryScripts),
            await cloud.CreateQueueAsync("parking.fifo"),
            await cloud.CreateQueueAsync("dead-parking.fifo"));
        queue.Parking = queue.Groups;
        return queue;
    }

    public ParkedGroups NewGroups(NpgsqlDataSource database) => new(Consumer, database, _sqs, NullLogger<ParkedGroups>.Instance);

    public async Task SendAsync(params IEnumerable<string> texts)
    {
        foreach (var text in texts)
            await SendBodyAsync(text[..1], ConsumerTests.Body(text, text));
    }

    public Task SendBodyAsync(string group, string body, Dictionary<string, MessageAttributeValue>? attributes = null) => Cloud.Sqs.SendMessageAsync(
        new() { QueueUrl = _url, MessageBody = body, MessageGroupId = group, MessageDeduplicationId = $"{Guid.NewGuid()}", MessageAttributes = attributes },
        Cancelled);

    /// <summary>Handles one batch. What must come back does so at once.</summary>
    /// <param name="lost">The answer does not arrive: all come back.</param>
    /// <param name="size">Messages in the batch, at most 10.</param>
    /// <returns>Whether there was a message.</returns>
    public async Task<bool> HandleAsync(bool lost = false, int size = 10)
    {
        var batch = await ReceiveAsync(size);
        Cloud.Server.SetFaults(Faults);
        var response = await Batch().HandleAsync(batch, TimeSpan.FromMinutes(1), Cancelled);
        Cloud.Server.SetFaults(null);

        var returned = response.BatchItemFailures!.Select(f => f.ItemIdentifier).ToHashSet();
        foreach (var message in batch.Records!)
        {
            if (lost || returned.Contains(message.MessageId))
                await ReturnAsync(message.ReceiptHandle);
            else
                await Cloud.Sqs.DeleteMessageAsync(new() { QueueUrl = _url, ReceiptHandle = message.ReceiptHandle }, Cancelled);
        }

        return batch.Records.Count > 0;
    }

    /// <summary>Handles all that is in the queue.</summary>
    public async Task RunAsync()
    {
        for (var batches = 0; await HandleAsync(); batches++)
            Assert.True(batches < MostBatches, "The queue does not become empty.");
    }

    /// <summary>The messages of the dead-letter queue, taken out of it.</summary>
    public Task<IReadOnlyList<Message>> DeadAsync() => Cloud.DrainAsync(_deadLetterUrl);

    public async Task<IReadOnlyList<string>> ParkedAsync() => [.. (await Groups.ListAsync(null, 1_000, Cancelled)).Select(g => g.GroupId)];

    public async Task<IReadOnlyList<string>> WaitingAsync(string group) =>
        [.. (await Groups.MessagesAsync(group, null, 1_000, Cancelled)).Select(m => ConsumerTests.Text(m.Body))];

    public IEnumerable<string> RunsOf(string group) => Runs.Where(text => text.StartsWith(group, StringComparison.Ordinal));

    public SqsBatch Batch() => new(
        ConsumerTests.Consumer(HandleAsync), _sqs, new() { QueueUrl = _url, DeadLetterQueueUrl = _deadLetterUrl, Parking = Parking, MaxAttempts = MaxAttempts }, Time);

    /// <summary>A worker of the same queue, whose handlers have no time left when it stops.</summary>
    public SqsWorker Worker(MessageHandler<Greeting> handler, Func<string, CancellationToken, Task<int>> countAttempt) => new(
        _sqs,
        ConsumerTests.Consumer(handler),
        new() { QueueUrl = _url, DeadLetterQueueUrl = _deadLetterUrl, Parking = Parking, CountAttempt = countAttempt, DrainTimeout = TimeSpan.Zero },
        TimeProvider.System,
        NullLogger<SqsWorker>.Instance);

    public async ValueTask DisposeAsync()
    {
        _sqs.Dispose();
        await Cloud.DisposeAsync();
        await Database.DisposeAsync();
    }

    private async Task ReturnAsync(string receiptHandle)
    {
        try
        {
            await Cloud.Sqs.ChangeMessageVisibilityAsync(new() { QueueUrl = _url, ReceiptHandle = receiptHandle, VisibilityTimeout = 0 }, Cancelled);
        }
        catch (MessageNotInflightException)
        {
            // The batch itself has set its delay to zero.
        }
    }

    private Task<Verdict> HandleAsync(Received<Greeting> message, CancellationToken cancellationToken)
    {
        Runs.Enqueue(message.Data.Text);
        return Task.FromResult(Answer(message.Data.Text));
    }

    private async Task<SQSEvent> ReceiveAsync(int size)
    {
        var response = await Cloud.Sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = _url, MaxNumberOfMessages = size, WaitTimeSeconds = 0, MessageAttributeNames = ["All"], MessageSystemAttributeNames = ["All"] },
            Cancelled);
        return LambdaEvents.Of(response.Messages, "parking.fifo");
    }
}
