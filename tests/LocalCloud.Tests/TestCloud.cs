using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalCloud.Tests;

/// <summary>A server on a free port with a clock of its own, and raw clients for its protocols.</summary>
public sealed class TestCloud : IAsyncDisposable
{
    private readonly CloudServer _server;

    private TestCloud(CloudServer server, FakeTime time) => (_server, Time) = (server, time);

    public FakeTime Time { get; }

    public Uri Endpoint => _server.Endpoint;

    public CloudServer Server => _server;

    public LocalCloud.Email.Mailbox Mailbox => _server.Mailbox;

    public HttpClient Client { get; } = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="faults">What goes wrong.</param>
    /// <param name="logs">Where the services log.</param>
    /// <param name="persistTo">A folder to persist to.</param>
    /// <param name="time">The clock of an earlier cloud, to go on with.</param>
    public static async Task<TestCloud> StartAsync(LocalCloud.Faults.FaultPlan? faults = null, ILoggerFactory? logs = null, string? persistTo = null, FakeTime? time = null)
    {
        time ??= new FakeTime();
        return new TestCloud(
            await CloudServer.StartAsync(new CloudOptions { Port = 0, Time = time, Faults = faults, Logs = logs ?? NullLoggerFactory.Instance, PersistTo = persistTo }, Ct), time);
    }

    /// <summary>Compacts the journal now.</summary>
    public void Compact() => _server.Journal!.Compact();

    /// <summary>The header of a request that only names the key <c>test</c>, which may do everything.</summary>
    public static string Root(string service) => $"AWS4-HMAC-SHA256 Credential=test/20261120/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0";

    public ValueTask StopServerAsync() => _server.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        Client.Dispose();
    }

    /// <summary>SQS over JSON; an operation that fails throws.</summary>
    public async Task<JsonObject> SqsAsync(string action, JsonObject input)
    {
        var (status, answer, _) = await SqsRawAsync(action, Encoding.UTF8.GetBytes(input.ToJsonString()));
        return status == 200 ? answer : throw new InvalidOperationException($"{action}: {answer.ToJsonString()}");
    }

    /// <summary>SQS over JSON; gives the Query code of the error that is expected.</summary>
    public async Task<string> SqsErrorAsync(string action, JsonObject input)
    {
        var (status, answer, code) = await SqsRawAsync(action, Encoding.UTF8.GetBytes(input.ToJsonString()));
        Assert.True(status is >= 400 and < 500, $"{action} gave {status} {answer.ToJsonString()}");
        return code!;
    }

    public async Task<(int Status, JsonObject Answer, string? QueryError)> SqsRawAsync(string action, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", "AmazonSQS." + action);
        request.Headers.TryAddWithoutValidation("Authorization", Root("sqs"));
        using var response = await Client.SendAsync(request, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        var error = response.Headers.TryGetValues("x-amzn-query-error", out var values) ? values.Single() : null;
        return ((int)response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject(), error);
    }

    /// <summary>Any service over the Query protocol.</summary>
    public async Task<(int Status, XElement Answer)> QueryAsync(string version, params (string Name, string Value)[] parameters)
    {
        using var content = new FormUrlEncodedContent([.. parameters.Select(p => KeyValuePair.Create(p.Name, p.Value)), KeyValuePair.Create("Version", version)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint) { Content = content };
        request.Headers.TryAddWithoutValidation(
            "Authorization", Root(version switch { "2010-03-31" => "sns", "2010-05-08" => "iam", "2011-06-15" => "sts", _ => "sqs" }));
        using var response = await Client.SendAsync(request, Ct);
        return ((int)response.StatusCode, Plain(XElement.Parse(await response.Content.ReadAsStringAsync(Ct), LoadOptions.PreserveWhitespace)));
    }

    /// <summary>SNS; an operation that fails throws.</summary>
    public async Task<XElement> SnsAsync(string action, params (string Name, string Value)[] parameters)
    {
        var (status, answer) = await QueryAsync("2010-03-31", [("Action", action), .. parameters]);
        return status == 200 ? answer : throw new InvalidOperationException($"{action}: {answer}");
    }

    /// <summary>SNS; gives the code of the error that is expected.</summary>
    public async Task<string> SnsErrorAsync(string action, params (string Name, string Value)[] parameters)
    {
        var (status, answer) = await QueryAsync("2010-03-31", [("Action", action), .. parameters]);
        Assert.True(status is >= 400 and < 500, $"{action} gave {status} {answer}");
        return answer.Descendants("Code").Single().Value;
    }

    public async Task<string> CreateQueueAsync(string name, JsonObject? attributes = null) =>
        (string)(await SqsAsync("CreateQueue", new() { ["QueueName"] = name, ["Attributes"] = attributes ?? [] }))["QueueUrl"]!;

    public static string ArnOf(string queueUrl) => "arn:aws:sqs:us-east-1:000000000000:" + queueUrl[(queueUrl.LastIndexOf('/') + 1)..];

    public Task<JsonObject> SendAsync(string queue, string body, string? group = null, string? deduplication = null)
    {
        JsonObject input = new() { ["QueueUrl"] = queue, ["MessageBody"] = body };
        if (group is not null)
        {
            (input["MessageGroupId"], input["MessageDeduplicationId"]) = (group, deduplication ?? Guid.NewGuid().ToString());
        }

        return SqsAsync("SendMessage", input);
    }

    public async Task<List<JsonObject>> ReceiveAsync(string queue, int count = 10, int? visibility = null, int wait = 0)
    {
        JsonObject input = new()
        {
            ["QueueUrl"] = queue,
            ["MaxNumberOfMessages"] = count,
            ["WaitTimeSeconds"] = wait,
            ["MessageSystemAttributeNames"] = new JsonArray("All"),
            ["MessageAttributeNames"] = new JsonArray("All"),
        };
        if (visibility is not null)
        {
            input["VisibilityTimeout"] = visibility;
        }

        return [.. ((await SqsAsync("ReceiveMessage", input))["Messages"] as JsonArray ?? []).Select(message => message!.AsObject())];
    }

    public async Task<string[]> BodiesAsync(string queue, int count = 10) => [.. (await ReceiveAsync(queue, count)).Select(message => (string)message["Body"]!)];

    public Task DeleteAsync(string queue, JsonObject message) =>
        SqsAsync("DeleteMessage", new() { ["QueueUrl"] = queue, ["ReceiptHandle"] = (string)message["ReceiptHandle"]! });

    public async Task<string> CreateTopicAsync(string name, params (string Name, string Value)[] attributes) =>
        (await SnsAsync("CreateTopic", [("Name", name), .. Entries(attributes)])).Descendants("TopicArn").Single().Value;

    public async Task<string> SubscribeAsync(string topic, string queue, params (string Name, string Value)[] attributes) =>
        (await SnsAsync("Subscribe", [("TopicArn", topic), ("Protocol", "sqs"), ("Endpoint", ArnOf(queue)), .. Entries(attributes)])).Descendants("SubscriptionArn").Single().Value;

    public static (string Name, string Value)[] Entries(params (string Name, string Value)[] attributes) =>
        [.. attributes.SelectMany((attribute, i) => new[] { ($"Attributes.entry.{i + 1}.key", attribute.Name), ($"Attributes.entry.{i + 1}.value", attribute.Value) })];

    // Without namespaces, so that tests can name elements as the documentation does.
    private static XElement Plain(XElement element) =>
        new(element.Name.LocalName, element.HasElements ? element.Elements().Select(Plain) : element.Value);
}
