using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.SQS;
using LocalCloud.Tests;
using Messaging.Consuming;
using Messaging.Polling;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>A queue in a cloud of its own, and a worker that polls it.</summary>
internal sealed class PolledQueue : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly List<SqsWorker> _workers = [];
    private readonly AmazonSQSClient _impatient;

    private PolledQueue(TestCloud cloud, TimeProvider time)
    {
        (Cloud, Time) = (cloud, time);

        // What a receive does after a failure is the worker's to show here, not the client's.
        _impatient = cloud.NewImpatientSqs();
    }

    public TestCloud Cloud { get; }

    /// <summary>The clock of the worker.</summary>
    public TimeProvider Time { get; }

    public required SqsWorkerOptions Options { get; set; }

    /// <summary>The texts whose handlers have begun, in order.</summary>
    public ConcurrentQueue<string> Begun { get; } = new();

    /// <summary>The texts whose handlers have ended by themselves, in order.</summary>
    public ConcurrentQueue<string> Ended { get; } = new();

    /// <summary>What the worker logged.</summary>
    public RecordedLog<SqsWorker> Log { get; } = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="name">FIFO if it says so.</param>
    /// <param name="time">The worker's clock.</param>
    /// <param name="cloudTime">The queue's clock, if not the machine's.</param>
    public static async Task<PolledQueue> CreateAsync(string name, TimeProvider? time = null, TimeProvider? cloudTime = null)
    {
        var cloud = await TestCloud.StartAsync(cloudTime);
        var dead = await cloud.CreateQueueAsync($"dead-{name}");
        return new(cloud, time ?? TimeProvider.System) { Options = new() { QueueUrl = await cloud.CreateQueueAsync(name), DeadLetterQueueUrl = dead } };
    }

    /// <summary>Cloud and worker by one clock that only the test moves.</summary>
    public static Task<PolledQueue> CreateAsync(string name, FakeTime time) => CreateAsync(name, time, time);

    public async Task SendAsync(params IEnumerable<(string Text, string? Group)> messages)
    {
        foreach (var chunk in messages.Chunk(10))
        {
            var response = await Cloud.Sqs.SendMessageBatchAsync(
                new()
                {
                    QueueUrl = Options.QueueUrl,
                    Entries = [.. chunk.Select((m, i) => new Amazon.SQS.Model.SendMessageBatchRequestEntry($"{i}", ConsumerTests.Body(m.Text, m.Text))
                    {
                        MessageGroupId = m.Group,
                        MessageDeduplicationId = m.Group is null ? null : m.Text,
                    })],
                },
                Ct);
            Assert.Equal(chunk.Length, response.Successful!.Count);
        }
    }

    public Task SendAsync(params IEnumerable<string> texts) => SendAsync(texts.Select(text => (text, (string?)null)));

    /// <summary>Starts a worker.</summary>
    public async Task<SqsWorker> StartAsync(Func<string, CancellationToken, Task<Verdict>> handle)
    {
        var consumer = ConsumerTests.Consumer(async (message, ct) =>
        {
            Begun.Enqueue(message.Data.Text);
            var verdict = await handle(message.Data.Text, ct);
            Ended.Enqueue(message.Data.Text);
            return verdict;
        });
        var worker = new SqsWorker(_impatient, consumer, Options, Time, Log);
        _workers.Add(worker);
        await worker.StartAsync(Ct);
        return worker;
    }

    /// <summary>Calls of an action since the start.</summary>
    public long Calls(string action) => Cloud.Server.Requests.Of("sqs", action).Calls;

    /// <summary>Messages that anybody could receive now, and those that are hidden.</summary>
    public async Task<(int Visible, int Hidden)> CountAsync()
    {
        var request = new JsonObject { ["QueueUrl"] = Options.QueueUrl, ["AttributeNames"] = new JsonArray("All") };
        var attributes = (await RawSqs.CallAsync(_http, Cloud.Server.Endpoint, "GetQueueAttributes", request, Ct))["Attributes"]!;
        int Number(string name) => int.Parse((string)attributes[name]!, CultureInfo.InvariantCulture);
        return (Number("ApproximateNumberOfMessages"), Number("ApproximateNumberOfMessagesNotVisible"));
    }

    public Task PurgeAsync() => RawSqs.CallAsync(_http, Cloud.Server.Endpoint, "PurgeQueue", new() { ["QueueUrl"] = Options.QueueUrl }, Ct);

    public Task UntilEmptyAsync() => Eventually.TrueAsync(async () => await CountAsync() == (0, 0));

    /// <summary>Kills nothing: a worker that still runs is told to stop, by a clock that still stands.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            var stopping = worker.StopAsync(CancellationToken.None);
            while (!stopping.IsCompleted)
            {
                (Time as FakeTime)?.Advance(TimeSpan.FromSeconds(1));
                await Task.WhenAny(stopping, Task.Delay(10));
            }

            worker.Dispose();
        }

        _impatient.Dispose();
        _http.Dispose();
        await Cloud.DisposeAsync();
    }
}
