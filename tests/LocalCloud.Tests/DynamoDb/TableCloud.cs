using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace LocalCloud.Tests.DynamoDb;

/// <summary>A server and AWS's own client for it, with one table: <c>things</c>, keys pk and sk, both strings, and a stream.</summary>
public sealed class TableCloud : IAsyncDisposable
{
    public const string Things = "things";

    private TableCloud(TestCloud cloud) => Cloud = cloud;

    public TestCloud Cloud { get; }

    public AmazonDynamoDBClient Client { get; private init; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TableCloud> StartAsync(StreamViewType? view = null, params GlobalSecondaryIndex[] indexes)
    {
        var cloud = await TestCloud.StartAsync();
        var credentials = new BasicAWSCredentials("test", "test");
        var tables = new TableCloud(cloud)
        {
            Client = new(credentials, new AmazonDynamoDBConfig { ServiceURL = cloud.Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 }),
        };
        await tables.Client.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = Things,
                KeySchema = [new("pk", KeyType.HASH), new("sk", KeyType.RANGE)],
                AttributeDefinitions =
                [
                    new("pk", ScalarAttributeType.S), new("sk", ScalarAttributeType.S),
                    .. indexes.SelectMany(index => index.KeySchema).Select(key => new AttributeDefinition(key.AttributeName, ScalarAttributeType.N)),
                ],
                BillingMode = BillingMode.PAY_PER_REQUEST,
                StreamSpecification = new() { StreamEnabled = true, StreamViewType = view ?? StreamViewType.NEW_AND_OLD_IMAGES },
                GlobalSecondaryIndexes = indexes.Length > 0 ? [.. indexes] : null,
            },
            Ct);
        return tables;
    }

    public Task PutAsync(string pk, string sk, params (string Name, AttributeValue Value)[] others) => Client.PutItemAsync(Things, Item(pk, sk, others), Ct);

    public async Task<Dictionary<string, AttributeValue>?> GetAsync(string pk, string sk) => (await Client.GetItemAsync(Things, Item(pk, sk), Ct)).Item;

    public static Dictionary<string, AttributeValue> Item(string pk, string sk, params (string Name, AttributeValue Value)[] others)
    {
        var item = new Dictionary<string, AttributeValue> { ["pk"] = new(pk), ["sk"] = new(sk) };
        foreach (var (name, value) in others)
        {
            item[name] = value;
        }

        return item;
    }

    public static AttributeValue N(string number) => new() { N = number };

    /// <summary>DynamoDB Streams as raw JSON; an operation that fails gives its error.</summary>
    public async Task<JsonNode> StreamsAsync(string action, JsonObject input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Cloud.Endpoint) { Content = new StringContent(input.ToJsonString()) };
        request.Headers.TryAddWithoutValidation("Authorization", TestCloud.Root("dynamodb"));
        request.Headers.Add("X-Amz-Target", "DynamoDBStreams_20120810." + action);
        using var response = await Cloud.Client.SendAsync(request, Ct);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!;
    }

    /// <summary>A reader at the start of the table's stream.</summary>
    public async Task<string> IteratorAsync()
    {
        var arn = (await Client.DescribeTableAsync(Things, Ct)).Table.LatestStreamArn;
        var stream = await StreamsAsync("DescribeStream", new() { ["StreamArn"] = arn });
        var shard = (string)stream["StreamDescription"]!["Shards"]![0]!["ShardId"]!;
        return (string)(await StreamsAsync("GetShardIterator", new() { ["StreamArn"] = arn, ["ShardId"] = shard, ["ShardIteratorType"] = "TRIM_HORIZON" }))["ShardIterator"]!;
    }

    public async Task<List<JsonNode>> RecordsAsync() =>
        [.. (await StreamsAsync("GetRecords", new() { ["ShardIterator"] = await IteratorAsync() }))["Records"]!.AsArray().Select(record => record!)];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Cloud.DisposeAsync();
    }
}
