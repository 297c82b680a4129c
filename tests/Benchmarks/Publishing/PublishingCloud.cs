using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS;
using Benchmarks.Load;

namespace Benchmarks.Publishing;

/// <summary>LocalCloud in a process of its own, and a client for it.</summary>
internal sealed class PublishingCloud : IDisposable
{
    private readonly ServerProcess _server;

    private PublishingCloud(ServerProcess server)
    {
        _server = server;
        Sqs = new(new BasicAWSCredentials("test", "test"), new AmazonSQSConfig { ServiceURL = server.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });
    }

    public AmazonSQSClient Sqs { get; }

    public Uri Endpoint => _server.Endpoint;

    public static PublishingCloud Start()
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        return new(ServerProcess.Start(Path.Combine(AppContext.BaseDirectory, "..", "..", "Local", configuration, "Local.dll"), "cloud", "--port", "0"));
    }

    public string CreateQueue(string name)
    {
        using var answer = Call("CreateQueue", $$"""{"QueueName":"{{name}}"}""");
        return answer.RootElement.GetProperty("QueueUrl").GetString()!;
    }

    public void DeleteQueue(string queueUrl) => Call("DeleteQueue", $$"""{"QueueUrl":"{{queueUrl}}"}""").Dispose();

    /// <summary>Calls of an action of SQS that the server has counted.</summary>
    public async Task<long> CallsAsync(string action)
    {
        using var http = new HttpClient();
        using var counts = JsonDocument.Parse(await http.GetStringAsync(new Uri(Endpoint, "_local/requests")));
        return counts.RootElement.GetProperty("services").GetProperty("sqs").GetProperty(action).GetProperty("calls").GetInt64();
    }

    public void Dispose()
    {
        Sqs.Dispose();
        _server.Dispose();
    }

    private JsonDocument Call(string action, string body)
    {
        using var connection = new Connection(Endpoint);
        connection.Send(SqsRequests.Of(action, body));
        var answer = Encoding.UTF8.GetString(connection.Receive());
        return JsonDocument.Parse(answer.Length == 0 ? "{}" : answer);
    }
}
