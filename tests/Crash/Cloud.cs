using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Tests.Common;

namespace Crash;

/// <summary>LocalCloud, called as a stack or an operator would.</summary>
internal sealed class Cloud(Uri endpoint) : IDisposable
{
    private static readonly string[] Counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"];
    private readonly HttpClient _http = new();

    /// <summary>A FIFO queue with a dead-letter queue; both by their URLs.</summary>
    public async Task<(string Queue, string DeadLetters)> CreateQueueAsync(string name)
    {
        var deadLetters = await CreateAsync($"{name}-dead-letters.fifo", []);
        var redrive = new JsonObject { ["deadLetterTargetArn"] = await ArnAsync(deadLetters), ["maxReceiveCount"] = 1_000 };
        return (await CreateAsync($"{name}.fifo", new() { ["RedrivePolicy"] = redrive.ToJsonString() }), deadLetters);
    }

    /// <summary>Subscribes a queue, with raw delivery, to messages of these types.</summary>
    public async Task SubscribeAsync(string topicArn, string queueUrl, params IEnumerable<string> types)
    {
        var filter = new JsonObject { ["type"] = new JsonArray([.. types.Select(type => (JsonNode)type)]) };
        await SnsAsync("Subscribe", new()
        {
            ["TopicArn"] = topicArn,
            ["Protocol"] = "sqs",
            ["Endpoint"] = await ArnAsync(queueUrl),
            ["Attributes.entry.1.key"] = "RawMessageDelivery",
            ["Attributes.entry.1.value"] = "true",
            ["Attributes.entry.2.key"] = "FilterPolicy",
            ["Attributes.entry.2.value"] = filter.ToJsonString(),
        });
    }

    /// <summary>The one topic whose ARN holds a word.</summary>
    public async Task<string> TopicAsync(string word) =>
        (await SnsAsync("ListTopics", [])).Descendants().Where(e => e.Name.LocalName == "TopicArn").Select(e => e.Value).Single(arn => arn.Contains(word, StringComparison.Ordinal));

    /// <summary>The one queue whose address holds a word.</summary>
    public async Task<string> QueueAsync(string word) => (await QueuesAsync()).Single(url => url.Contains(word, StringComparison.Ordinal));

    /// <summary>What a killed process held comes back after this, in every queue.</summary>
    public async Task SetVisibilityAsync(TimeSpan timeout)
    {
        var seconds = timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        foreach (var queue in await QueuesAsync())
            await SqsAsync("SetQueueAttributes", new() { ["QueueUrl"] = queue, ["Attributes"] = new JsonObject { ["VisibilityTimeout"] = seconds } });
    }

    /// <summary>Every queue by its name, with the messages in it: visible, hidden and delayed; and whether it is for dead letters.</summary>
    public async Task<IReadOnlyList<(string Name, long Messages, bool IsDeadLetters)>> DepthsAsync()
    {
        var attributes = await Task.WhenAll((await QueuesAsync()).Select(AttributesAsync));
        var dead = attributes.Select(a => (string?)a["RedrivePolicy"]).OfType<string>().Select(p => (string?)JsonNode.Parse(p)!["deadLetterTargetArn"]).ToHashSet();
        return [.. attributes.Select(a => (
            ((string)a["QueueArn"]!).Split(':')[^1],
            Counts.Sum(name => long.Parse((string)a[name]!, CultureInfo.InvariantCulture)),
            dead.Contains((string?)a["QueueArn"])))];
    }

    /// <summary>The bodies of all messages, taken out of the queue.</summary>
    public async Task<IReadOnlyList<string>> DrainAsync(string queueUrl)
    {
        var bodies = new List<string>();
        while ((await SqsAsync("ReceiveMessage", new() { ["QueueUrl"] = queueUrl, ["MaxNumberOfMessages"] = 10 }))["Messages"] is JsonArray { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                bodies.Add((string)message!["Body"]!);
                await SqsAsync("DeleteMessage", new() { ["QueueUrl"] = queueUrl, ["ReceiptHandle"] = (string)message["ReceiptHandle"]! });
            }
        }

        return bodies;
    }

    /// <summary>The mails that SES has accepted of late.</summary>
    public async Task<JsonArray> MailsAsync() => JsonNode.Parse(await _http.GetStringAsync(new Uri(endpoint, "/_local/mails")))!.AsArray();

    public void Dispose() => _http.Dispose();

    private async Task<string> CreateAsync(string name, JsonObject attributes)
    {
        attributes["FifoQueue"] = "true";
        return (string)(await SqsAsync("CreateQueue", new() { ["QueueName"] = name, ["Attributes"] = attributes }))["QueueUrl"]!;
    }

    private async Task<IReadOnlyList<string>> QueuesAsync() =>
        [.. (await SqsAsync("ListQueues", []))["QueueUrls"]!.AsArray().Select(url => (string)url!)];

    private async Task<JsonNode> AttributesAsync(string queueUrl) =>
        (await SqsAsync("GetQueueAttributes", new() { ["QueueUrl"] = queueUrl, ["AttributeNames"] = new JsonArray("All") }))["Attributes"]!;

    private async Task<string> ArnAsync(string queueUrl) => (string)(await AttributesAsync(queueUrl))["QueueArn"]!;

    private Task<JsonNode> SqsAsync(string action, JsonObject body) => RawSqs.CallAsync(_http, endpoint, action, body, CancellationToken.None);

    private async Task<XElement> SnsAsync(string action, Dictionary<string, string> parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(parameters.Append(new("Action", action))) };
        request.Headers.TryAddWithoutValidation(
            "Authorization", new AuthenticationHeaderValue("AWS4-HMAC-SHA256", "Credential=test/20270101/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=00").ToString());
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? XElement.Parse(text) : throw new InvalidOperationException($"{action} failed: {text}");
    }
}
