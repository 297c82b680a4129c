using System.Net.Http.Headers;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Kinesis;

public class StreamTests
{
    private const string Only = "shardId-000000000000";

    [Fact]
    public async Task Records_come_back_in_order_and_once()
    {
        await using var cloud = await StartAsync();
        foreach (var data in new[] { "a", "b", "c" })
        {
            await PutAsync(cloud, data);
        }

        var first = await CallAsync(cloud, "GetRecords", new() { ["ShardIterator"] = await IteratorAsync(cloud, "TRIM_HORIZON"), ["Limit"] = 2 });
        cloud.Time.Advance(TimeSpan.FromSeconds(3));
        var second = await CallAsync(cloud, "GetRecords", new() { ["ShardIterator"] = (string)first["NextShardIterator"]! });
        var third = await CallAsync(cloud, "GetRecords", new() { ["ShardIterator"] = (string)second["NextShardIterator"]! });

        Assert.Equal(["a", "b"], DataOf(first));
        Assert.Equal(["c"], DataOf(second));
        Assert.Empty(DataOf(third));
        Assert.Equal(0, (long)second["MillisBehindLatest"]!);
        var behind = await CallAsync(cloud, "GetRecords", new() { ["ShardIterator"] = await IteratorAsync(cloud, "TRIM_HORIZON"), ["Limit"] = 1 });
        Assert.Equal(3_000, (long)behind["MillisBehindLatest"]!);
        Assert.Equal("p", (string)first["Records"]![0]!["PartitionKey"]!);
    }

    [Fact]
    public async Task An_iterator_begins_where_its_type_says()
    {
        await using var cloud = await StartAsync();
        await PutAsync(cloud, "a");
        cloud.Time.Advance(TimeSpan.FromMinutes(1));
        var time = cloud.Time.GetUtcNow();
        var number = (string)(await PutAsync(cloud, "b"))["SequenceNumber"]!;
        var latest = await IteratorAsync(cloud, "LATEST");
        await PutAsync(cloud, "c");

        Assert.Equal(["c"], await ReadAsync(cloud, latest));
        Assert.Equal(["a", "b", "c"], await ReadAsync(cloud, await IteratorAsync(cloud, "TRIM_HORIZON")));
        Assert.Equal(["b", "c"], await ReadAsync(cloud, await IteratorAsync(cloud, "AT_SEQUENCE_NUMBER", ("StartingSequenceNumber", number))));
        Assert.Equal(["c"], await ReadAsync(cloud, await IteratorAsync(cloud, "AFTER_SEQUENCE_NUMBER", ("StartingSequenceNumber", number))));
        Assert.Equal(["b", "c"], await ReadAsync(cloud, await IteratorAsync(cloud, "AT_TIMESTAMP", ("Timestamp", time.ToUnixTimeMilliseconds() / 1000.0))));
    }

    [Fact]
    public async Task Records_go_by_the_MD5_of_their_key_or_by_an_explicit_one()
    {
        await using var cloud = await StartAsync(4);
        var shards = (await CallAsync(cloud, "ListShards", new() { ["StreamName"] = "s" }))["Shards"]!.AsArray();

        Assert.Equal("0", (string)shards[0]!["HashKeyRange"]!["StartingHashKey"]!);
        Assert.Equal($"{(BigInteger.One << 128) - 1}", (string)shards[3]!["HashKeyRange"]!["EndingHashKey"]!);
        // MD5("a") = 0cc1…, MD5("b") = 92eb…
        Assert.Equal(["shardId-000000000000", "shardId-000000000002"], [(string)(await PutAsync(cloud, "x", "a"))["ShardId"]!, (string)(await PutAsync(cloud, "x", "b"))["ShardId"]!]);
        Assert.Equal("shardId-000000000003", (string)(await PutAsync(cloud, "x", "a", $"{(BigInteger.One << 128) - 1}"))["ShardId"]!);
        Assert.Equal("InvalidArgumentException", await ErrorAsync(cloud, "PutRecord", new() { ["StreamName"] = "s", ["Data"] = "", ["PartitionKey"] = "a", ["ExplicitHashKey"] = $"{BigInteger.One << 128}" }));
    }

    [Fact]
    public async Task Records_go_when_their_retention_ends()
    {
        await using var cloud = await StartAsync();
        await PutAsync(cloud, "old");
        cloud.Time.Advance(TimeSpan.FromHours(23));
        await CallAsync(cloud, "IncreaseStreamRetentionPeriod", new() { ["StreamName"] = "s", ["RetentionPeriodHours"] = 48 });
        await PutAsync(cloud, "new");
        cloud.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(["old", "new"], await ReadAsync(cloud, await IteratorAsync(cloud, "TRIM_HORIZON")));

        await CallAsync(cloud, "DecreaseStreamRetentionPeriod", new() { ["StreamName"] = "s", ["RetentionPeriodHours"] = 24 });

        Assert.Equal(["new"], await ReadAsync(cloud, await IteratorAsync(cloud, "TRIM_HORIZON")));
        Assert.Equal("InvalidArgumentException", await ErrorAsync(cloud, "IncreaseStreamRetentionPeriod", new() { ["StreamName"] = "s", ["RetentionPeriodHours"] = 8761 }));
    }

    [Fact]
    public async Task An_iterator_lives_for_five_minutes()
    {
        await using var cloud = await StartAsync();
        var iterator = await IteratorAsync(cloud, "LATEST");

        cloud.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(await ReadAsync(cloud, iterator));
        cloud.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("ExpiredIteratorException", await ErrorAsync(cloud, "GetRecords", new() { ["ShardIterator"] = iterator }));
        Assert.Equal("InvalidArgumentException", await ErrorAsync(cloud, "GetRecords", new() { ["ShardIterator"] = "garbage" }));
    }

    [Fact]
    public async Task A_batch_is_put_in_order_and_counts_its_failures()
    {
        await using var cloud = await StartAsync();
        JsonArray records = [.. Enumerable.Range(0, 500).Select(i => new JsonObject { ["Data"] = Base64($"{i}"), ["PartitionKey"] = "p" })];

        var answer = await CallAsync(cloud, "PutRecords", new() { ["StreamName"] = "s", ["Records"] = records.DeepClone() });

        Assert.Equal((0, 500), ((int)answer["FailedRecordCount"]!, answer["Records"]!.AsArray().Count));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), await ReadAsync(cloud, await IteratorAsync(cloud, "TRIM_HORIZON")));
        records.Add((JsonNode)new JsonObject { ["Data"] = "", ["PartitionKey"] = "p" });
        Assert.Equal("ValidationException", await ErrorAsync(cloud, "PutRecords", new() { ["StreamName"] = "s", ["Records"] = records }));
    }

    [Fact]
    public async Task A_full_memory_fails_records_one_by_one_until_a_stream_goes()
    {
        await using var cloud = await StartAsync();
        var data = Convert.ToBase64String(new byte[1024 * 1024]);
        JsonObject Batch() => new() { ["StreamName"] = "s", ["Records"] = new JsonArray([.. Enumerable.Range(0, 9).Select(_ => new JsonObject { ["Data"] = data, ["PartitionKey"] = "p" })]) };
        var failed = 0;
        for (var i = 0; i < 30 && failed == 0; i++)
        {
            failed = (int)(await CallAsync(cloud, "PutRecords", Batch()))["FailedRecordCount"]!;
        }

        Assert.InRange(failed, 1, 8);
        await CallAsync(cloud, "DeleteStream", new() { ["StreamName"] = "s" });
        await CallAsync(cloud, "CreateStream", new() { ["StreamName"] = "s", ["ShardCount"] = 1 });
        Assert.Equal(0, (int)(await CallAsync(cloud, "PutRecords", Batch()))["FailedRecordCount"]!);
    }

    [Fact]
    public async Task A_stream_is_described_listed_tagged_and_deleted()
    {
        await using var cloud = await StartAsync(3);
        await CallAsync(cloud, "CreateStream", new() { ["StreamName"] = "t", ["StreamModeDetails"] = new JsonObject { ["StreamMode"] = "ON_DEMAND" } });
        await CallAsync(cloud, "AddTagsToStream", new() { ["StreamName"] = "s", ["Tags"] = new JsonObject { ["a"] = "1", ["b"] = "2" } });
        await CallAsync(cloud, "RemoveTagsFromStream", new() { ["StreamName"] = "s", ["TagKeys"] = new JsonArray("a") });

        var stream = (await CallAsync(cloud, "DescribeStream", new() { ["StreamARN"] = "arn:aws:kinesis:us-east-1:000000000000:stream/s", ["Limit"] = 2 }))["StreamDescription"]!;
        Assert.Equal(("ACTIVE", 2, true, 24), ((string)stream["StreamStatus"]!, stream["Shards"]!.AsArray().Count, (bool)stream["HasMoreShards"]!, (int)stream["RetentionPeriodHours"]!));
        var summary = (await CallAsync(cloud, "DescribeStreamSummary", new() { ["StreamName"] = "t" }))["StreamDescriptionSummary"]!;
        Assert.Equal(("ON_DEMAND", 4), ((string)summary["StreamModeDetails"]!["StreamMode"]!, (int)summary["OpenShardCount"]!));
        var page = await CallAsync(cloud, "ListShards", new() { ["StreamName"] = "s", ["MaxResults"] = 2 });
        var rest = await CallAsync(cloud, "ListShards", new() { ["NextToken"] = (string)page["NextToken"]! });
        Assert.Equal((2, 1), (page["Shards"]!.AsArray().Count, rest["Shards"]!.AsArray().Count));
        Assert.Equal("b", (string)Assert.Single((await CallAsync(cloud, "ListTagsForStream", new() { ["StreamName"] = "s" }))["Tags"]!.AsArray())!["Key"]!);
        Assert.Equal(["s", "t"], (await CallAsync(cloud, "ListStreams", []))["StreamNames"]!.AsArray().Select(name => (string)name!));
        await CallAsync(cloud, "DeleteStream", new() { ["StreamName"] = "s" });
        Assert.Equal("ResourceNotFoundException", await ErrorAsync(cloud, "DescribeStream", new() { ["StreamName"] = "s" }));
    }

    [Theory]
    [InlineData("CreateStream", """{"StreamName":"s","ShardCount":1}""", "ResourceInUseException")]
    [InlineData("CreateStream", """{"StreamName":"a b","ShardCount":1}""", "ValidationException")]
    [InlineData("CreateStream", """{"StreamName":"t"}""", "ValidationException")]
    [InlineData("CreateStream", """{"StreamName":"t","ShardCount":0}""", "ValidationException")]
    [InlineData("CreateStream", """{"StreamName":"t","ShardCount":2000000000}""", "LimitExceededException")]
    [InlineData("PutRecord", """{"StreamName":"nobody","Data":"","PartitionKey":"p"}""", "ResourceNotFoundException")]
    [InlineData("PutRecord", """{"Data":"","PartitionKey":"p"}""", "InvalidArgumentException")]
    [InlineData("PutRecord", """{"StreamName":"s","PartitionKey":"p"}""", "ValidationException")]
    [InlineData("PutRecord", """{"StreamName":"s","Data":"","PartitionKey":""}""", "ValidationException")]
    [InlineData("PutRecords", """{"StreamName":"s","Records":[]}""", "ValidationException")]
    [InlineData("GetShardIterator", """{"StreamName":"s","ShardId":"x","ShardIteratorType":"LATEST"}""", "ResourceNotFoundException")]
    [InlineData("GetShardIterator", """{"StreamName":"s","ShardId":"shardId-000000000000","ShardIteratorType":"AT_SEQUENCE_NUMBER"}""", "InvalidArgumentException")]
    [InlineData("GetShardIterator", """{"StreamName":"s","ShardId":"shardId-000000000000","ShardIteratorType":"AT_SEQUENCE_NUMBER","StartingSequenceNumber":"7"}""", "InvalidArgumentException")]
    [InlineData("ListShards", """{"NextToken":"?"}""", "InvalidArgumentException")]
    [InlineData("SplitShard", "{}", "UnknownOperationException")]
    public async Task A_bad_request_has_the_error_of_the_service(string action, string body, string error)
    {
        await using var cloud = await StartAsync();

        Assert.Equal(error, await ErrorAsync(cloud, action, JsonNode.Parse(body)!.AsObject()));
    }

    [Fact]
    public async Task A_record_has_at_most_1_MiB()
    {
        await using var cloud = await StartAsync();

        await CallAsync(cloud, "PutRecord", new() { ["StreamName"] = "s", ["Data"] = Convert.ToBase64String(new byte[1024 * 1024]), ["PartitionKey"] = "p" });
        Assert.Equal("ValidationException", await ErrorAsync(cloud, "PutRecord", new() { ["StreamName"] = "s", ["Data"] = Convert.ToBase64String(new byte[(1024 * 1024) + 1]), ["PartitionKey"] = "p" }));
    }

    private static async Task<TestCloud> StartAsync(int shards = 1)
    {
        var cloud = await TestCloud.StartAsync();
        await CallAsync(cloud, "CreateStream", new() { ["StreamName"] = "s", ["ShardCount"] = shards });
        return cloud;
    }

    private static Task<JsonObject> PutAsync(TestCloud cloud, string data, string key = "p", string? hash = null) =>
        CallAsync(cloud, "PutRecord", new() { ["StreamName"] = "s", ["Data"] = Base64(data), ["PartitionKey"] = key, ["ExplicitHashKey"] = hash });

    private static async Task<string> IteratorAsync(TestCloud cloud, string type, params (string Name, JsonNode Value)[] more)
    {
        JsonObject input = new() { ["StreamName"] = "s", ["ShardId"] = Only, ["ShardIteratorType"] = type };
        foreach (var (name, value) in more)
        {
            input[name] = value;
        }

        return (string)(await CallAsync(cloud, "GetShardIterator", input))["ShardIterator"]!;
    }

    private static async Task<string[]> ReadAsync(TestCloud cloud, string iterator) => DataOf(await CallAsync(cloud, "GetRecords", new() { ["ShardIterator"] = iterator }));

    private static string[] DataOf(JsonObject answer) =>
        [.. answer["Records"]!.AsArray().Select(record => Encoding.UTF8.GetString(Convert.FromBase64String((string)record!["Data"]!)))];

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task<JsonObject> CallAsync(TestCloud cloud, string action, JsonObject input)
    {
        var (status, answer) = await RawAsync(cloud, action, input);
        return status == 200 ? answer : throw new InvalidOperationException($"{action}: {answer.ToJsonString()}");
    }

    private static async Task<string> ErrorAsync(TestCloud cloud, string action, JsonObject input)
    {
        var (status, answer) = await RawAsync(cloud, action, input);
        Assert.True(status == 400, $"{action} gave {status} {answer.ToJsonString()}");
        return (string)answer["__type"]!;
    }

    private static async Task<(int Status, JsonObject Answer)> RawAsync(TestCloud cloud, string action, JsonObject input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, cloud.Endpoint) { Content = new StringContent(input.ToJsonString(), new MediaTypeHeaderValue("application/x-amz-json-1.1")) };
        request.Headers.Add("X-Amz-Target", "Kinesis_20131202." + action);
        request.Headers.TryAddWithoutValidation("Authorization", TestCloud.Root("kinesis"));
        using var response = await cloud.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject());
    }
}
