using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>Clients that send, receive and delete until the cloud is killed under them, and what it has acknowledged to them.</summary>
internal sealed class Account
{
    private const string Standard = "http://127.0.0.1/000000000000/work";
    private const string Fifo = "http://127.0.0.1/000000000000/work.fifo";
    private readonly ConcurrentDictionary<string, bool> _tried = new();
    private readonly ConcurrentDictionary<string, bool> _sent = new();
    private readonly ConcurrentDictionary<string, bool> _deleteTried = new();
    private readonly ConcurrentDictionary<string, bool> _deleted = new();
    private readonly int[] _next = new int[3];
    private int _numbers;

    public static async Task PrepareAsync(CloudProcess cloud)
    {
        await cloud.CreateQueueAsync("work");
        await cloud.CreateQueueAsync("work.fifo", new() { ["FifoQueue"] = "true" });
    }

    /// <summary>Works with several clients at once, kills the cloud after so many acknowledged sends, and waits for the clients to notice.</summary>
    public async Task WorkUntilKilledAsync(CloudProcess cloud, int sends)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var acknowledged = 0;
        void Acknowledge()
        {
            if (Interlocked.Increment(ref acknowledged) == sends)
                enough.SetResult();
        }

        var clients = Enumerable.Range(0, 4).Select(_ => RunAsync(() => SendAsync(cloud, Acknowledge)))
            .Concat(Enumerable.Range(0, _next.Length).Select(group => RunAsync(() => SendInOrderAsync(cloud, group, Acknowledge))))
            .Append(RunAsync(() => ConsumeAsync(cloud)))
            .ToList();
        await enough.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await cloud.KillAsync();
        await Task.WhenAll(clients);
    }

    /// <summary>Takes out all there is, and compares.</summary>
    public async Task SettleAsync(CloudProcess cloud)
    {
        var found = await DrainAsync(cloud, Standard);
        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Empty(_sent.Keys.Except(_deleteTried.Keys).Except(found));
        Assert.Empty(found.Intersect(_deleted.Keys));
        Assert.Empty(found.Except(_tried.Keys));

        var ordered = (await DrainAsync(cloud, Fifo)).Select(body => body.Split('-')).ToLookup(parts => parts[0], parts => int.Parse(parts[1], null));
        for (var group = 0; group < _next.Length; group++)
            Assert.Equal(Enumerable.Range(0, _next[group]), ordered[$"{group}"]);
    }

    /// <summary>Sends again what was not acknowledged, as a client would: the queue must not take it twice.</summary>
    public async Task RepeatAsync(CloudProcess cloud)
    {
        for (var group = 0; group < _next.Length; group++)
            await SendInOrderAsync(cloud, group, () => { });
    }

    private static async Task RunAsync(Func<Task> act)
    {
        try
        {
            while (true)
                await act();
        }
        catch (Exception killed) when (killed is HttpRequestException or IOException or System.Text.Json.JsonException)
        {
            // That is what a client sees of it.
        }
    }

    private static async Task<List<string>> DrainAsync(CloudProcess cloud, string queue)
    {
        List<string> bodies = [];
        while ((await cloud.SqsAsync("ReceiveMessage", new() { ["QueueUrl"] = queue, ["MaxNumberOfMessages"] = 10, ["VisibilityTimeout"] = 600 }))["Messages"] is JsonArray messages)
            foreach (var message in messages)
            {
                bodies.Add((string)message!["Body"]!);
                await cloud.SqsAsync("DeleteMessage", new() { ["QueueUrl"] = queue, ["ReceiptHandle"] = (string)message["ReceiptHandle"]! });
            }

        return bodies;
    }

    private async Task SendAsync(CloudProcess cloud, Action acknowledge)
    {
        var entries = new JsonArray([.. Enumerable.Range(0, 3).Select(i => new JsonObject { ["Id"] = $"{i}", ["MessageBody"] = $"{Interlocked.Increment(ref _numbers)}" })]);
        var bodies = entries.Select(entry => (string)entry!["MessageBody"]!).ToList();
        bodies.ForEach(body => _tried[body] = true);
        await cloud.SqsAsync("SendMessageBatch", new() { ["QueueUrl"] = Standard, ["Entries"] = entries });
        bodies.ForEach(body => _sent[body] = true);
        acknowledge();
    }

    private async Task SendInOrderAsync(CloudProcess cloud, int group, Action acknowledge)
    {
        var body = $"{group}-{_next[group]}";
        await cloud.SqsAsync("SendMessage", new() { ["QueueUrl"] = Fifo, ["MessageBody"] = body, ["MessageGroupId"] = $"{group}", ["MessageDeduplicationId"] = body });
        _next[group]++;
        acknowledge();
    }

    // The timeout of zero leaves nothing hidden: what is not deleted is found at the end.
    private async Task ConsumeAsync(CloudProcess cloud)
    {
        var answer = await cloud.SqsAsync("ReceiveMessage", new() { ["QueueUrl"] = Standard, ["VisibilityTimeout"] = 0, ["WaitTimeSeconds"] = 1 });
        foreach (var message in answer["Messages"] as JsonArray ?? [])
        {
            var body = (string)message!["Body"]!;
            _deleteTried[body] = true;
            await cloud.SqsAsync("DeleteMessage", new() { ["QueueUrl"] = Standard, ["ReceiptHandle"] = (string)message["ReceiptHandle"]! });
            _deleted[body] = true;
        }
    }
}
