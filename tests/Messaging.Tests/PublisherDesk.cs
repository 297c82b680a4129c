using Amazon.Runtime;
using Amazon.SQS;
using LocalCloud.Faults;
using Messaging.Envelope;
using Messaging.Publishing;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>A publisher in front of a LocalCloud, with a client whose calls are watched and tried once.</summary>
internal sealed class PublisherDesk : IAsyncDisposable
{
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);
    private readonly AmazonSQSClient _sqs;

    private PublisherDesk(TestCloud cloud)
    {
        Cloud = cloud;
        _sqs = new(
            new BasicAWSCredentials("test", "test"),
            new AmazonSQSConfig { ServiceURL = cloud.Server.Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0, HttpClientFactory = Watched });
    }

    public TestCloud Cloud { get; }

    public WatchedCalls Watched { get; } = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<PublisherDesk> OpenAsync(TimeProvider? cloudTime = null) => new(await TestCloud.StartAsync(cloudTime));

    /// <summary>Makes a queue, and a destination that is called like it.</summary>
    public async Task<string> AddQueueAsync(string name) => _addresses[Destination(name)] = await Cloud.CreateQueueAsync(name);

    /// <summary>Makes a topic with a queue, and a destination that is called like the topic.</summary>
    /// <returns>The queue's address.</returns>
    public async Task<string> AddTopicAsync(string name)
    {
        _addresses[Destination(name)] = await Cloud.CreateTopicAsync(name);
        return await Cloud.SubscribeAsync(_addresses[Destination(name)], $"of-{name}");
    }

    /// <summary>Gives a destination an address where nothing is, or another one.</summary>
    public void AddAddress(string destination, string address) => _addresses[destination] = address;

    public Publisher NewPublisher(PublisherOptions? options = null, TimeProvider? time = null, IAmazonSQS? sqs = null, PrepareMessage? prepare = null) =>
        new(sqs ?? _sqs, Cloud.Sns, new(Address), options, time) { Prepare = prepare };

    public static Outbound Outbound(string id, string key, int bodyBytes = 0) => new(id, "greeting.sent.v1", key, $"{key} {id}".PadRight(bodyBytes, '.'));

    /// <summary>So many messages, their keys taking turns.</summary>
    public static Outbound[] Outbounds(int count, int keys) => [.. Enumerable.Range(0, count).Select(i => Outbound($"{i}", $"k{i % keys}"))];

    public static OutgoingMessage Message(string id, string key, params string[] destinations) => OutgoingMessage.Create(
        new CloudEvent(id, "/tests", "greeting.sent.v1", DateTimeOffset.UnixEpoch), new Greeting("hello"), TestJson.Default.Greeting, key, destinations);

    public Task<IReadOnlyList<PublishFailure>> PublishAsync(string destination, IReadOnlyList<Outbound> messages, PublisherOptions? options = null) =>
        NewPublisher(options).PublishAsync(destination, messages, Ct);

    /// <summary>The bodies that a queue has got since it was asked last.</summary>
    public async Task<string[]> BodiesAsync(string queueUrl) => [.. (await Cloud.DrainAsync(queueUrl)).Select(m => m.Body.TrimEnd('.'))];

    /// <summary>Entries of batches fail, though not by their sender's fault.</summary>
    public void FailEntries(double probability, long seed = 1) => Cloud.Server.SetFaults(
        new() { Seed = seed, Rules = [new() { Kind = FaultKind.PartialBatch, Probability = probability }] });

    public void FailNothing() => Cloud.Server.SetFaults(null);

    public long Calls(string service, string action) => Cloud.Server.Requests.Of(service, action).Calls;

    public async ValueTask DisposeAsync()
    {
        _sqs.Dispose();
        await Cloud.DisposeAsync();
    }

    private static string Destination(string name) => name.Split('.')[0];

    private string? Address(string variable) => _addresses.FirstOrDefault(a => variable == $"DESTINATION_{a.Key.ToUpperInvariant().Replace('-', '_')}").Value;
}
