using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SQS;
using LocalCloud;
using LocalCloud.Tests;
using Tests.Common;

namespace Messaging.Tests.Model;

/// <summary>A LocalCloud with a clock that the model moves.</summary>
internal sealed class ModelCloud : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private ModelCloud(CloudServer server, FakeTime time)
    {
        (Server, Time) = (server, time);

        // A call that fails is part of the scenario, so nobody tries it again behind the model's back.
        Sqs = new(new BasicAWSCredentials("test", "test"), new AmazonSQSConfig { ServiceURL = server.Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
    }

    public CloudServer Server { get; }

    public FakeTime Time { get; }

    public AmazonSQSClient Sqs { get; }

    public static async Task<ModelCloud> StartAsync()
    {
        var time = new FakeTime();
        return new(await CloudServer.StartAsync(new() { Port = 0, Time = time }), time);
    }

    public async Task<string> CreateQueueAsync(string name, TimeSpan visibility)
    {
        JsonObject attributes = new() { ["VisibilityTimeout"] = $"{visibility.TotalSeconds}", ["MessageRetentionPeriod"] = $"{TimeSpan.FromDays(14).TotalSeconds}" };
        if (name.EndsWith(".fifo", StringComparison.Ordinal))
            attributes["FifoQueue"] = "true";
        var answer = await RawSqs.CallAsync(_http, Server.Endpoint, "CreateQueue", new() { ["QueueName"] = name, ["Attributes"] = attributes }, CancellationToken.None);
        return (string?)answer["QueueUrl"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    public async Task<int> CountAsync(string url)
    {
        var answer = await Sqs.GetQueueAttributesAsync(new(url, ["All"]));
        return answer.Attributes!.Where(a => a.Key.StartsWith("ApproximateNumberOfMessages", StringComparison.Ordinal)).Sum(a => int.Parse(a.Value, null));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Sqs.Dispose();
        await Server.DisposeAsync();
    }
}
