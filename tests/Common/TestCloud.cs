using System.Net.Http.Headers;
using System.Text;
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
        Sqs = new(Credentials, new AmazonSQSConfig { ServiceURL = server.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });
        Sns = new(Credentials, new AmazonSimpleNotificationServiceConfig { ServiceURL = server.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });
    }

    public CloudServer Server { get; }

    public AmazonSQSClient Sqs { get; }

    public AmazonSimpleNotificationServiceClient Sns { get; }

    public static async Task<TestCloud> StartAsync() => new(await CloudServer.StartAsync(new() { Port = 0 }, TestContext.Current.CancellationToken));

    /// <summary>Makes a queue; FIFO by its name.</summary>
    public async Task<string> CreateQueueAsync(string name)
    {
        var attributes = name.EndsWith(".fifo", StringComparison.Ordinal) ? new JsonObject { ["FifoQueue"] = "true" } : [];
        var body = new JsonObject { ["QueueName"] = name, ["Attributes"] = attributes };
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Endpoint)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.0")),
        };
        request.Headers.Add("X-Amz-Target", "AmazonSQS.CreateQueue");
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20270101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=00");
        using var response = await _http.SendAsync(request);
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return (string?)json["QueueUrl"] ?? throw new InvalidOperationException(json.ToJsonString());
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
}
