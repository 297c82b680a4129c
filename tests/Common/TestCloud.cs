using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using Amazon.SQS.Model;
using LocalCloud;

namespace Tests.Common;

/// <summary>A LocalCloud of the test's own, with clients, and the calls that only a stack makes elsewhere.</summary>
internal sealed class TestCloud : IAsyncDisposable
{
    private static readonly BasicAWSCredentials Credentials = new("test", "test");
    private readonly HttpClient _http = new();

    private TestCloud(CloudServer server)
    {
        Server = server;
        Sqs = new(Credentials, SqsConfig());
        Sns = new(Credentials, new AmazonSimpleNotificationServiceConfig { ServiceURL = server.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });
    }

    public CloudServer Server { get; }

    public AmazonSQSClient Sqs { get; }

    public AmazonSimpleNotificationServiceClient Sns { get; }

    public static async Task<TestCloud> StartAsync(TimeProvider? time = null) =>
        new(await CloudServer.StartAsync(new() { Port = 0, Time = time ?? TimeProvider.System }, TestContext.Current.CancellationToken));

    /// <summary>A client that tries each call once: what failed has failed.</summary>
    public AmazonSQSClient NewImpatientSqs()
    {
        var config = SqsConfig();
        config.MaxErrorRetry = 0;
        return new(Credentials, config);
    }

    /// <summary>Makes a queue; FIFO by its name.</summary>
    public async Task<string> CreateQueueAsync(string name, params (string Name, string Value)[] settings)
    {
        var attributes = name.EndsWith(".fifo", StringComparison.Ordinal) ? new JsonObject { ["FifoQueue"] = "true" } : [];
        foreach (var (setting, value) in settings)
            attributes[setting] = value;
        var body = new JsonObject { ["QueueName"] = name, ["Attributes"] = attributes };
        var json = await RawSqs.CallAsync(_http, Server.Endpoint, "CreateQueue", body, TestContext.Current.CancellationToken);
        return (string?)json["QueueUrl"] ?? throw new InvalidOperationException(json.ToJsonString());
    }

    /// <summary>Makes a topic; FIFO by its name.</summary>
    /// <returns>Its ARN.</returns>
    public Task<string> CreateTopicAsync(string name, int? largestMessage = null)
    {
        var settings = new List<(string Name, string Value)>();
        if (name.EndsWith(".fifo", StringComparison.Ordinal))
            settings.Add(("FifoTopic", "true"));
        if (largestMessage is { } bytes)
            settings.Add(("MaximumMessageSize", $"{bytes}"));
        return SnsAsync("CreateTopic", [("Name", name), .. settings.SelectMany((s, i) => Attribute(s.Name, s.Value, i + 1))]);
    }

    /// <summary>Makes a queue and subscribes it to a topic.</summary>
    /// <returns>The queue's address.</returns>
    public async Task<string> SubscribeAsync(string topic, string queueName, bool rawDelivery = true, string filterPolicy = "{}")
    {
        var queue = await CreateQueueAsync(queueName);
        await SnsAsync(
            "Subscribe",
            [
                ("TopicArn", topic),
                ("Protocol", "sqs"),
                ("Endpoint", $"arn:aws:sqs:us-east-1:000000000000:{queueName}"),
                .. Attribute("RawMessageDelivery", rawDelivery ? "true" : "false"),
                .. Attribute("FilterPolicy", filterPolicy, entry: 2),
            ]);
        return queue;
    }

    /// <summary>What a queue holds now, taken out of it.</summary>
    public async Task<IReadOnlyList<Message>> DrainAsync(string queueUrl)
    {
        var all = new List<Message>();
        while (true)
        {
            var response = await Sqs.ReceiveMessageAsync(new ReceiveMessageRequest
            {
                QueueUrl = queueUrl,
                MaxNumberOfMessages = 10,
                WaitTimeSeconds = 0,
                MessageAttributeNames = ["All"],
                MessageSystemAttributeNames = ["All"],
            });
            if (response.Messages is not { Count: > 0 } messages)
                return all;
            foreach (var message in messages)
                await Sqs.DeleteMessageAsync(new() { QueueUrl = queueUrl, ReceiptHandle = message.ReceiptHandle });
            all.AddRange(messages);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Sqs.Dispose();
        Sns.Dispose();
        await Server.DisposeAsync();
    }

    private static IEnumerable<(string Name, string Value)> Attribute(string name, string value, int entry = 1) =>
        [($"Attributes.entry.{entry}.key", name), ($"Attributes.entry.{entry}.value", value)];

    // The Query protocol; the answers of both calls have one ARN.
    private async Task<string> SnsAsync(string action, IEnumerable<(string Name, string Value)> parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Endpoint)
        {
            Content = new FormUrlEncodedContent([new("Action", action), new("Version", "2010-03-31"), .. parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))]),
        };
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20270101/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=00");
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, answer);
        return answer[answer.IndexOf("arn:", StringComparison.Ordinal)..].Split('<')[0];
    }

    private AmazonSQSConfig SqsConfig() => new() { ServiceURL = Server.Endpoint.ToString(), AuthenticationRegion = "us-east-1" };
}
