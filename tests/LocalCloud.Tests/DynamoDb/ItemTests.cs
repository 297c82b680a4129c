using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace LocalCloud.Tests.DynamoDb;

public class ItemTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conditional_put_does_not_overwrite_and_shows_what_is_there()
    {
        await using var tables = await TableCloud.StartAsync();
        await tables.PutAsync("m", "1", ("n", TableCloud.N("1")));
        var refused = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => tables.Client.PutItemAsync(
            new PutItemRequest
            {
                TableName = TableCloud.Things,
                Item = TableCloud.Item("m", "1"),
                ConditionExpression = "attribute_not_exists(pk)",
                ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            },
            Ct));
        Assert.Equal("The conditional request failed", refused.Message);
        Assert.Equal("1", refused.Item["n"].N);
        Assert.Equal("1", (await tables.GetAsync("m", "1"))!["n"].N);
    }

    [Theory]
    [InlineData("ALL_OLD", "1")]
    [InlineData("ALL_NEW", "3")]
    [InlineData("UPDATED_OLD", "1")]
    [InlineData("UPDATED_NEW", "3")]
    [InlineData("NONE", null)]
    public async Task An_update_answers_the_values_that_are_asked_for(string returns, string? n)
    {
        await using var tables = await TableCloud.StartAsync();
        await tables.PutAsync("m", "1", ("n", TableCloud.N("1")), ("other", new AttributeValue("o")));
        var answer = await tables.Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = TableCloud.Things,
                Key = TableCloud.Item("m", "1"),
                UpdateExpression = "SET n = n + :two",
                ExpressionAttributeValues = new() { [":two"] = TableCloud.N("2") },
                ReturnValues = returns,
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            },
            Ct);
        Assert.Equal(n, answer.Attributes?.GetValueOrDefault("n")?.N);
        Assert.Equal(returns.StartsWith("ALL", StringComparison.Ordinal), answer.Attributes?.ContainsKey("other") == true);
        Assert.Equal(1, answer.ConsumedCapacity.CapacityUnits);
    }

    [Fact]
    public async Task A_query_reads_a_partition_in_the_order_of_its_sort_key_page_by_page()
    {
        await using var tables = await TableCloud.StartAsync();
        foreach (var sk in new[] { "b1", "a1", "a2", "a10", "c1" })
        {
            await tables.PutAsync("m", sk);
        }

        await tables.PutAsync("other", "a3");
        var request = new QueryRequest
        {
            TableName = TableCloud.Things,
            KeyConditionExpression = "pk = :pk AND begins_with(sk, :a)",
            ExpressionAttributeValues = new() { [":pk"] = new("m"), [":a"] = new("a") },
            Limit = 2,
        };
        var first = await tables.Client.QueryAsync(request, Ct);
        request.ExclusiveStartKey = first.LastEvaluatedKey;
        var second = await tables.Client.QueryAsync(request, Ct);
        Assert.Equal(["a1", "a10"], first.Items.Select(item => item["sk"].S));
        Assert.Equal(["a2"], second.Items.Select(item => item["sk"].S));
        Assert.True(second.LastEvaluatedKey is null or { Count: 0 });
        request.ExclusiveStartKey = null;
        request.ScanIndexForward = false;
        Assert.Equal(["a2", "a10"], (await tables.Client.QueryAsync(request, Ct)).Items.Select(item => item["sk"].S));
    }

    [Fact]
    public async Task A_query_on_an_index_finds_only_items_that_have_its_key_in_the_order_of_numbers()
    {
        var index = new GlobalSecondaryIndex
        {
            IndexName = "byNumber",
            KeySchema = [new("g", KeyType.HASH), new("n", KeyType.RANGE)],
            Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY },
        };
        await using var tables = await TableCloud.StartAsync(null, index);
        await tables.PutAsync("a", "1", ("g", TableCloud.N("1")), ("n", TableCloud.N("10")), ("x", new("hidden")));
        await tables.PutAsync("b", "1", ("g", TableCloud.N("1.0")), ("n", TableCloud.N("9")));
        await tables.PutAsync("c", "1", ("g", TableCloud.N("1")));
        var found = await tables.Client.QueryAsync(
            new QueryRequest
            {
                TableName = TableCloud.Things,
                IndexName = "byNumber",
                KeyConditionExpression = "g = :g",
                ExpressionAttributeValues = new() { [":g"] = TableCloud.N("1") },
            },
            Ct);
        Assert.Equal(["b", "a"], found.Items.Select(item => item["pk"].S));
        Assert.DoesNotContain("x", found.Items[1].Keys);
    }

    [Fact]
    public async Task The_segments_of_a_scan_are_the_whole_table_once()
    {
        await using var tables = await TableCloud.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await tables.PutAsync($"p{i}", "1");
        }

        List<string> found = [];
        for (var segment = 0; segment < 3; segment++)
        {
            var part = await tables.Client.ScanAsync(new ScanRequest { TableName = TableCloud.Things, Segment = segment, TotalSegments = 3 }, Ct);
            found.AddRange(part.Items.Select(item => item["pk"].S));
        }

        Assert.Equal(20, found.Count);
        Assert.Equal(20, found.Distinct().Count());
    }

    [Fact]
    public async Task A_batch_writes_and_reads()
    {
        await using var tables = await TableCloud.StartAsync();
        List<WriteRequest> puts = [.. Enumerable.Range(0, 25).Select(i => new WriteRequest(new PutRequest(TableCloud.Item("m", $"{i}"))))];
        await tables.Client.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>> { [TableCloud.Things] = puts }, Ct);
        var keys = new KeysAndAttributes { Keys = [TableCloud.Item("m", "3"), TableCloud.Item("m", "99")] };
        var answer = await tables.Client.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes> { [TableCloud.Things] = keys }, Ct);
        Assert.Equal("3", answer.Responses[TableCloud.Things].Single()["sk"].S);
        puts.Add(new WriteRequest(new PutRequest(TableCloud.Item("m", "25"))));
        var refused = await Assert.ThrowsAsync<AmazonDynamoDBException>(
            () => tables.Client.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>> { [TableCloud.Things] = puts }, Ct));
        Assert.Equal("Too many items requested for the BatchWriteItem call", refused.Message);
    }

    [Fact]
    public async Task An_item_over_400_KB_is_refused()
    {
        await using var tables = await TableCloud.StartAsync();
        var refused = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => tables.PutAsync("m", "1", ("x", new(new string('x', 400 * 1024)))));
        Assert.Equal("ValidationException", refused.ErrorCode);
        Assert.Equal("Item size has exceeded the maximum allowed size", refused.Message);
    }

    [Fact]
    public async Task A_value_that_no_expression_uses_is_refused()
    {
        await using var tables = await TableCloud.StartAsync();
        var refused = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => tables.Client.PutItemAsync(
            new PutItemRequest
            {
                TableName = TableCloud.Things,
                Item = TableCloud.Item("m", "1"),
                ConditionExpression = "attribute_not_exists(pk)",
                ExpressionAttributeValues = new() { [":v"] = new("1") },
            },
            Ct));
        Assert.Equal("Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}", refused.Message);
    }
}
