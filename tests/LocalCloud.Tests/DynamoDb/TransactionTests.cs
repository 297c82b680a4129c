using Amazon.DynamoDBv2.Model;

namespace LocalCloud.Tests.DynamoDb;

public class TransactionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transaction_with_one_failed_condition_changes_nothing_and_says_which()
    {
        await using var tables = await TableCloud.StartAsync();
        await tables.PutAsync("m", "1");
        var cancelled = await Assert.ThrowsAsync<TransactionCanceledException>(() => tables.Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest { TransactItems = [Put("2"), Put("1")] }, Ct));
        Assert.Equal(["None", "ConditionalCheckFailed"], cancelled.CancellationReasons.Select(reason => reason.Code));
        Assert.Contains("[None, ConditionalCheckFailed]", cancelled.Message, StringComparison.Ordinal);
        Assert.True(await tables.GetAsync("m", "2") is null or { Count: 0 });
    }

    [Fact]
    public async Task A_transaction_sent_again_with_its_token_is_done_once_for_ten_minutes()
    {
        await using var tables = await TableCloud.StartAsync();
        var request = new TransactWriteItemsRequest { ClientRequestToken = "token", TransactItems = [Put("1")] };
        await tables.Client.TransactWriteItemsAsync(request, Ct);
        await tables.Client.TransactWriteItemsAsync(request, Ct);
        await Assert.ThrowsAsync<IdempotentParameterMismatchException>(() => tables.Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest { ClientRequestToken = "token", TransactItems = [Put("2")] }, Ct));
        tables.Cloud.Time.Advance(TimeSpan.FromMinutes(10));
        await Assert.ThrowsAsync<TransactionCanceledException>(() => tables.Client.TransactWriteItemsAsync(request, Ct));
    }

    [Fact]
    public async Task Every_kind_of_change_is_made_together()
    {
        await using var tables = await TableCloud.StartAsync();
        await tables.PutAsync("m", "gone");
        await tables.PutAsync("m", "checked");
        await tables.Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest
            {
                TransactItems =
                [
                    Put("new"),
                    new() { Delete = new() { TableName = TableCloud.Things, Key = TableCloud.Item("m", "gone") } },
                    new() { ConditionCheck = new() { TableName = TableCloud.Things, Key = TableCloud.Item("m", "checked"), ConditionExpression = "attribute_exists(pk)" } },
                    new()
                    {
                        Update = new()
                        {
                            TableName = TableCloud.Things,
                            Key = TableCloud.Item("m", "counter"),
                            UpdateExpression = "ADD n :one",
                            ExpressionAttributeValues = new() { [":one"] = TableCloud.N("1") },
                        },
                    },
                ],
            },
            Ct);
        var read = await tables.Client.TransactGetItemsAsync(
            new TransactGetItemsRequest
            {
                TransactItems = [Get("new"), Get("gone"), Get("counter")],
            },
            Ct);
        Assert.Equal(["new", null, "counter"], read.Responses.Select(response => response.Item?.GetValueOrDefault("sk")?.S));
        Assert.Equal("1", read.Responses[2].Item["n"].N);
        Assert.Equal(["INSERT", "INSERT", "INSERT", "REMOVE", "INSERT"], (await tables.RecordsAsync()).Select(record => (string)record["eventName"]!));
    }

    private static TransactGetItem Get(string sk) => new() { Get = new() { TableName = TableCloud.Things, Key = TableCloud.Item("m", sk) } };

    private static TransactWriteItem Put(string sk) => new()
    {
        Put = new() { TableName = TableCloud.Things, Item = TableCloud.Item("m", sk), ConditionExpression = "attribute_not_exists(pk)" },
    };
}
