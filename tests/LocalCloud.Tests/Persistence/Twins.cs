using System.Text;
using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Persistence;

/// <summary>Two clouds that get the same calls and must give the same answers, but for ids that each makes for itself.</summary>
internal sealed class Twins(Func<TestCloud> one, TestCloud other)
{
    private readonly Dictionary<string, List<(string One, string Other)>> _handles = Names.ToDictionary(name => name, _ => new List<(string, string)>());
    private bool _ready;

    /// <summary>FIFO, as a standard queue promises no order.</summary>
    public static string[] Names { get; } = ["one.fifo", "two.fifo", "dead.fifo"];

    private static string Topic => "arn:aws:sns:us-east-1:000000000000:news.fifo";

    public Task SendAsync(string name, string body, string group, string id) => BothAsync("SendMessage", new()
    {
        ["QueueUrl"] = Url(name),
        ["MessageBody"] = body,
        ["MessageGroupId"] = group,
        ["MessageDeduplicationId"] = id,
    });

    /// <summary>Takes the first message of every group that is open: which group comes first is nobody's promise, so all must come.</summary>
    public async Task ReceiveAsync(string name)
    {
        await PrepareAsync();
        var (mine, theirs) = (await HeadsAsync(one(), name), await HeadsAsync(other, name));
        Assert.Equal(theirs.Select(Comparable), mine.Select(Comparable));
        _handles[name].AddRange(mine.Zip(theirs, (a, b) => ((string)a["ReceiptHandle"]!, (string)b["ReceiptHandle"]!)));
    }

    public Task DeleteAsync(string name, Random random) => WithHandleAsync(name, random, "DeleteMessage", []);

    public Task ChangeAsync(string name, Random random, int seconds) => WithHandleAsync(name, random, "ChangeMessageVisibility", new() { ["VisibilityTimeout"] = seconds });

    public Task PurgeAsync(string name) => BothAsync("PurgeQueue", new() { ["QueueUrl"] = Url(name) });

    public Task SetAsync(string name, int seconds) =>
        BothAsync("SetQueueAttributes", new() { ["QueueUrl"] = Url(name), ["Attributes"] = new JsonObject { ["VisibilityTimeout"] = $"{seconds}" } });

    public async Task PublishAsync(string message, string group, string id)
    {
        await PrepareAsync();
        foreach (var cloud in new[] { one(), other })
        {
            await cloud.SnsAsync("Publish", ("TopicArn", Topic), ("Message", message), ("MessageGroupId", group), ("MessageDeduplicationId", id));
        }
    }

    /// <summary>All attributes of all queues, the counts of their messages among them.</summary>
    public async Task CompareAsync()
    {
        foreach (var name in Names)
        {
            await BothAsync("GetQueueAttributes", new() { ["QueueUrl"] = Url(name), ["AttributeNames"] = new JsonArray("All") });
        }
    }

    private static string Url(string name) => $"http://127.0.0.1/000000000000/{name}";

    private static async Task<List<JsonObject>> HeadsAsync(TestCloud cloud, string name)
    {
        List<JsonObject> heads = [];
        while (await cloud.ReceiveAsync(Url(name), count: 1) is [var head])
        {
            heads.Add(head);
        }

        return [.. heads.OrderBy(head => (string)head["Attributes"]!["MessageGroupId"]!, StringComparer.Ordinal)];
    }

    private async Task WithHandleAsync(string name, Random random, string action, JsonObject input)
    {
        if (_handles[name] is { Count: > 0 } handles)
        {
            var (a, b) = handles[random.Next(handles.Count)];
            input["QueueUrl"] = Url(name);
            JsonObject mine = (JsonObject)input.DeepClone();
            (mine["ReceiptHandle"], input["ReceiptHandle"]) = (a, b);
            await BothAsync(action, mine, input);
        }
    }

    private async Task BothAsync(string action, JsonObject input, JsonObject? others = null)
    {
        await PrepareAsync();
        var mine = await one().SqsRawAsync(action, Encoding.UTF8.GetBytes(input.ToJsonString()));
        var theirs = await other.SqsRawAsync(action, Encoding.UTF8.GetBytes((others ?? input).ToJsonString()));
        Assert.Equal(Comparable(theirs), Comparable(mine));
    }

    private async Task PrepareAsync()
    {
        if (_ready)
        {
            return;
        }

        _ready = true;
        foreach (var cloud in new[] { one(), other })
        {
            var dead = await cloud.CreateQueueAsync("dead.fifo", new() { ["FifoQueue"] = "true" });
            var redrive = new JsonObject { ["deadLetterTargetArn"] = TestCloud.ArnOf(dead), ["maxReceiveCount"] = 3 }.ToJsonString();
            var first = await cloud.CreateQueueAsync("one.fifo", new() { ["FifoQueue"] = "true", ["RedrivePolicy"] = redrive });
            await cloud.CreateQueueAsync("two.fifo", new() { ["FifoQueue"] = "true", ["DeduplicationScope"] = "messageGroup", ["DelaySeconds"] = "5", ["MessageRetentionPeriod"] = "600" });
            await cloud.SubscribeAsync(await cloud.CreateTopicAsync("news.fifo", ("FifoTopic", "true")), first, ("RawMessageDelivery", "true"));
        }
    }

    // What each cloud makes up by itself is left out.
    private static string Comparable((int Status, JsonObject Answer, string? Error) answer)
    {
        answer.Answer.Remove("MessageId");
        answer.Answer.Remove("message");
        return $"{answer.Status} {answer.Error} {answer.Answer.ToJsonString()}";
    }

    private static string Comparable(JsonObject message)
    {
        var copy = (JsonObject)message.DeepClone();
        copy.Remove("MessageId");
        copy.Remove("ReceiptHandle");
        // Of a dead letter it depends on which group came first.
        ((JsonObject)copy["Attributes"]!).Remove("SequenceNumber");
        return copy.ToJsonString();
    }
}
