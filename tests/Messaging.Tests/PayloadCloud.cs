using Amazon.Runtime;
using Amazon.S3;
using LocalCloud.Faults;
using Messaging.ClaimCheck;
using Messaging.Consuming;
using Messaging.Envelope;
using Messaging.Publishing;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>Queues, topics and a bucket for payloads, and both ends of what goes through them.</summary>
internal sealed class PayloadCloud : IAsyncDisposable
{
    public const string BucketName = "payloads";
    private readonly Dictionary<string, string> _addresses = [];

    private PayloadCloud(TestCloud cloud, TimeProvider time)
    {
        (Cloud, Time) = (cloud, time);
        var config = new AmazonS3Config { ServiceURL = cloud.Server.Endpoint.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 };
        S3 = new(new BasicAWSCredentials("test", "test"), config);
    }

    public TestCloud Cloud { get; }

    public TimeProvider Time { get; }

    public AmazonS3Client S3 { get; }

    public ClaimCheckOptions Options { get; set; } = new() { Bucket = BucketName };

    public PayloadBucket Bucket => new(S3, Options, Time);

    public Publisher Publisher => new(Cloud.Sqs, Cloud.Sns, new(_addresses.GetValueOrDefault));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<PayloadCloud> StartAsync(TimeProvider? time = null)
    {
        var cloud = new PayloadCloud(await TestCloud.StartAsync(time), time ?? TimeProvider.System);
        await cloud.S3.PutBucketAsync(BucketName, Ct);
        return cloud;
    }

    public static OutgoingMessage Message(string id, string text, params IReadOnlyList<string> destinations) => OutgoingMessage.Create(
        new CloudEvent(id, "/tests", "greeting.sent.v1", DateTimeOffset.UnixEpoch), new Greeting(text), TestJson.Default.Greeting, "key", destinations);

    /// <summary>Makes a queue with its dead-letter queue, under its own name as a destination, or subscribed to a topic.</summary>
    public async Task<MappedQueue> QueueAsync(string name, string? topic = null, bool rawDelivery = true)
    {
        var url = topic is null ? await Cloud.CreateQueueAsync(name) : await Cloud.SubscribeAsync(topic, name, rawDelivery);
        _addresses[Variable(name)] = url;
        return new(Cloud, url, await Cloud.CreateQueueAsync($"dead-{name}"), name);
    }

    public async Task<string> TopicAsync(string name) => _addresses[Variable(name)] = await Cloud.CreateTopicAsync(name);

    /// <summary>Sends a message as the outbox does: prepared, then to each destination.</summary>
    public async Task<OutgoingMessage> SendAsync(OutgoingMessage message, PrepareMessage? prepare = null)
    {
        var prepared = await (prepare ?? Bucket.PrepareAsync)(message, Ct);
        foreach (var destination in prepared.Destinations)
            Assert.Empty(await Publisher.PublishAsync(destination, [prepared.ToOutbound()], Ct));
        return prepared;
    }

    /// <summary>Sends a body as any client may.</summary>
    public Task SendRawAsync(MappedQueue queue, string body, params IEnumerable<(string Name, string Number)> attributes) => Cloud.Sqs.SendMessageAsync(
        new()
        {
            QueueUrl = queue.Url,
            MessageBody = body,
            MessageAttributes = attributes.ToDictionary(a => a.Name, a => new Amazon.SQS.Model.MessageAttributeValue { DataType = "Number", StringValue = a.Number }),
        },
        Ct);

    /// <summary>Takes what waits as Lambda's poller does, handles it, and deletes what was answered.</summary>
    /// <returns>How many messages were handed back.</returns>
    public async Task<int> HandleAsync(MappedQueue queue, Consumer consumer, Func<string, CancellationToken, Task<int>>? countAttempt = null)
    {
        var received = await Cloud.Sqs.ReceiveMessageAsync(
            new() { QueueUrl = queue.Url, MaxNumberOfMessages = 10, WaitTimeSeconds = 0, MessageAttributeNames = ["All"], MessageSystemAttributeNames = ["All"] }, Ct);
        Assert.NotEmpty(received.Messages ?? []);
        var response = await queue.For(consumer, Time, countAttempt: countAttempt).HandleAsync(LambdaEvents.Of(received.Messages, queue.Name), TimeSpan.FromSeconds(30), Ct);
        var returned = response.BatchItemFailures!.Select(f => f.ItemIdentifier).ToHashSet();
        foreach (var message in received.Messages!.Where(m => !returned.Contains(m.MessageId)))
            await Cloud.Sqs.DeleteMessageAsync(new() { QueueUrl = queue.Url, ReceiptHandle = message.ReceiptHandle }, Ct);
        return returned.Count;
    }

    /// <summary>The reason of the one dead letter that a queue's consumer makes of what waits.</summary>
    public async Task<string> DeathAsync(MappedQueue queue, Consumer consumer)
    {
        Assert.Equal(0, await HandleAsync(queue, consumer));
        return Assert.Single(await Cloud.DrainAsync(queue.DeadLetterUrl)).MessageAttributes!["DeadLetterReason"].StringValue!;
    }

    /// <summary>A consumer that reads payloads and keeps what it got.</summary>
    public Consumer Consumer(List<Received<Greeting>> got, RecordedLog? log = null) =>
        new Consumer("tests", log ?? new RecordedLog()) { Payloads = Bucket }.On("greeting.sent.v1", TestJson.Default.Greeting, (message, _) =>
        {
            lock (got)
                got.Add(message);
            return Task.FromResult(Verdict.Done);
        });

    public async Task<IReadOnlyList<string>> KeysAsync() =>
        [.. ((await S3.ListObjectsV2Async(new() { BucketName = BucketName }, Ct)).S3Objects ?? []).Select(o => o.Key)];

    /// <summary>Overwrites an object, or makes one.</summary>
    public Task PutAsync(string key, string content, string bucket = BucketName) => S3.PutObjectAsync(new() { BucketName = bucket, Key = key, ContentBody = content }, Ct);

    /// <summary>From now on the service's calls fail.</summary>
    public void Break(string service, string action = "*", FaultKind kind = FaultKind.Unavailable) =>
        Cloud.Server.SetFaults(new() { Rules = [new() { Service = service, Action = action, Kind = kind }] });

    public async ValueTask DisposeAsync()
    {
        S3.Dispose();
        await Cloud.DisposeAsync();
    }

    private static string Variable(string name) => $"DESTINATION_{name.ToUpperInvariant().Replace('-', '_')}";
}
