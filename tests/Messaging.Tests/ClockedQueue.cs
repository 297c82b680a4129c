using Amazon.Lambda.SQSEvents;
using Amazon.SQS.Model;
using LocalCloud.Faults;
using LocalCloud.Tests;
using Messaging.Consuming;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>A queue with a dead-letter queue and a redrive policy, in a cloud whose clock only the test moves, and Lambda's part in handling it.</summary>
internal sealed class ClockedQueue : IAsyncDisposable
{
    private readonly TestCloud _cloud;

    private ClockedQueue(TestCloud cloud, string name) => (_cloud, Name) = (cloud, name);

    public required FakeTime Time { get; init; }

    public required SqsBatchOptions Options { get; set; }

    public string Name { get; }

    public string SourceArn => LambdaEvents.Arn(Name);

    public bool IsFifo => Name.EndsWith(".fifo", StringComparison.Ordinal);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="name">FIFO if it says so.</param>
    /// <param name="maxReceiveCount">As the stack sets it by default.</param>
    public static async Task<ClockedQueue> StartAsync(string name, int maxReceiveCount = 100)
    {
        var time = new FakeTime();
        var cloud = await TestCloud.StartAsync(time);
        var dead = await cloud.CreateQueueAsync($"dead-{name}");
        var redrive = $$"""{"deadLetterTargetArn":"{{LambdaEvents.Arn($"dead-{name}")}}","maxReceiveCount":{{maxReceiveCount}}}""";
        var url = await cloud.CreateQueueAsync(name, ("RedrivePolicy", redrive));
        return new(cloud, name) { Time = time, Options = new() { QueueUrl = url, DeadLetterQueueUrl = dead } };
    }

    /// <summary>Sends an envelope whose id and text are both this text.</summary>
    public Task SendAsync(string text, string? group = null, Dictionary<string, MessageAttributeValue>? attributes = null, string type = "greeting.sent.v1") =>
        SendRawAsync(ConsumerTests.Body(text, text, type), group, attributes, text);

    public Task SendRawAsync(string body, string? group = null, Dictionary<string, MessageAttributeValue>? attributes = null, string? id = null, string? trace = null) =>
        _cloud.Sqs.SendMessageAsync(
            new()
            {
                QueueUrl = Options.QueueUrl,
                MessageBody = body,
                MessageGroupId = group,
                MessageDeduplicationId = IsFifo ? id : null,
                MessageAttributes = attributes,
                MessageSystemAttributes = trace is null ? null : new() { ["AWSTraceHeader"] = new() { DataType = "String", StringValue = trace } },
            },
            Ct);

    /// <summary>What can be received now, up to a batch of ten, as Lambda would hand it over.</summary>
    public async Task<SQSEvent> ReceiveAsync()
    {
        var response = await _cloud.Sqs.ReceiveMessageAsync(
            new() { QueueUrl = Options.QueueUrl, MaxNumberOfMessages = 10, MessageSystemAttributeNames = ["All"], MessageAttributeNames = ["All"] }, Ct);
        return LambdaEvents.Of(response.Messages, Name);
    }

    /// <summary>Handles a batch and deletes what the answer does not name, as Lambda does.</summary>
    /// <returns>What the answer names: the texts of the messages that come back.</returns>
    public async Task<IReadOnlyList<string>> HandleAsync(SQSEvent batch, Consumer consumer, TimeSpan? remaining = null)
    {
        var response = await new SqsBatch(consumer, _cloud.Sqs, Options, Time).HandleAsync(batch, remaining ?? TimeSpan.FromSeconds(30), Ct);
        var returned = response.BatchItemFailures!.Select(f => f.ItemIdentifier).ToHashSet();
        foreach (var record in batch.Records!.Where(r => !returned.Contains(r.MessageId)))
            await _cloud.Sqs.DeleteMessageAsync(new() { QueueUrl = Options.QueueUrl, ReceiptHandle = record.ReceiptHandle }, Ct);
        return [.. batch.Records!.Where(r => returned.Contains(r.MessageId)).Select(r => ConsumerTests.Text(r.Body))];
    }

    /// <summary>Receives and handles until the queue has nothing more to give at this moment.</summary>
    public async Task HandleAllAsync(Consumer consumer)
    {
        while (await ReceiveAsync() is { Records.Count: > 0 } batch)
            await HandleAsync(batch, consumer);
    }

    public Task<IReadOnlyList<Message>> DeadLettersAsync() => _cloud.DrainAsync(Options.DeadLetterQueueUrl);

    /// <summary>From now on the calls of this action fail.</summary>
    public void Break(string action, FaultKind kind = FaultKind.InternalError) =>
        _cloud.Server.SetFaults(new() { Rules = [new() { Service = "sqs", Action = action, Kind = kind }] });

    public void Mend() => _cloud.Server.SetFaults(null);

    public long Calls(string action) => _cloud.Server.Requests.Of("sqs", action).Calls;

    public async ValueTask DisposeAsync() => await _cloud.DisposeAsync();
}
