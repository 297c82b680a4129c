using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using Messaging.Publishing;

namespace Benchmarks.Outbox.Latency;

/// <summary>LocalCloud in a process of its own, with a FIFO topic and a queue that is subscribed to it.</summary>
internal sealed class BenchmarkCloud : IDisposable
{
    private readonly ServerProcess _server;
    private readonly AmazonSimpleNotificationServiceClient _sns;

    private BenchmarkCloud(ServerProcess server)
    {
        _server = server;
        var (credentials, url) = (new BasicAWSCredentials("test", "test"), server.Endpoint.ToString());
        Sqs = new(credentials, new AmazonSQSConfig { ServiceURL = url, AuthenticationRegion = "us-east-1" });
        _sns = new(credentials, new AmazonSimpleNotificationServiceConfig { ServiceURL = url, AuthenticationRegion = "us-east-1" });
    }

    public AmazonSQSClient Sqs { get; }

    public string QueueUrl { get; private set; } = "";

    /// <summary>Sends to the topic, whatever the destination's name.</summary>
    public Publisher Publisher { get; private set; } = null!;

    public static async Task<BenchmarkCloud> StartAsync()
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var cloud = new BenchmarkCloud(ServerProcess.Start(Path.Combine(AppContext.BaseDirectory, "..", "..", "Local", configuration, "Local.dll"), "cloud", "--port", "0"));
        using var http = new HttpClient { BaseAddress = cloud._server.Endpoint };
        var topic = await CallAsync(
            http, "sns", "TopicArn", ("Action", "CreateTopic"), ("Name", "benchmark.fifo"), ("Attributes.entry.1.key", "FifoTopic"), ("Attributes.entry.1.value", "true"));
        cloud.QueueUrl = await CallAsync(
            http, "sqs", "QueueUrl", ("Action", "CreateQueue"), ("QueueName", "benchmark.fifo"), ("Attribute.1.Name", "FifoQueue"), ("Attribute.1.Value", "true"));
        await CallAsync(
            http, "sns", "SubscriptionArn", ("Action", "Subscribe"), ("TopicArn", topic), ("Protocol", "sqs"),
            ("Endpoint", topic.Replace(":sns:", ":sqs:", StringComparison.Ordinal)), ("Attributes.entry.1.key", "RawMessageDelivery"), ("Attributes.entry.1.value", "true"));
        cloud.Publisher = new(cloud.Sqs, cloud._sns, new(_ => topic));
        return cloud;
    }

    public void Dispose()
    {
        Sqs.Dispose();
        _sns.Dispose();
        _server.Dispose();
    }

    /// <summary>What a stack makes elsewhere: the library's clients cannot.</summary>
    private static async Task<string> CallAsync(HttpClient http, string service, string answer, params (string Name, string Value)[] parameters)
    {
        var all = parameters.Append(("Version", service == "sns" ? "2010-03-31" : "2012-11-05"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new FormUrlEncodedContent(all.Select(p => KeyValuePair.Create(p.Item1, p.Item2))) };
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=test/20270101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=00");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? XDocument.Parse(text).Descendants().First(e => e.Name.LocalName == answer).Value
            : throw new InvalidOperationException($"{parameters[0].Value}: {text}");
    }
}
