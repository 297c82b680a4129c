using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace LocalCloud.Tests.DynamoDb;

public class TableTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_is_described_listed_tagged_and_deleted()
    {
        await using var tables = await TableCloud.StartAsync();
        var table = (await tables.Client.DescribeTableAsync(TableCloud.Things, Ct)).Table;
        Assert.Equal(TableStatus.ACTIVE, table.TableStatus);
        Assert.Equal("arn:aws:dynamodb:us-east-1:000000000000:table/things", table.TableArn);
        Assert.Equal([TableCloud.Things], (await tables.Client.ListTablesAsync(Ct)).TableNames);
        await tables.Client.TagResourceAsync(new TagResourceRequest { ResourceArn = table.TableArn, Tags = [new() { Key = "k", Value = "v" }] }, Ct);
        var tags = await tables.Client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = table.TableArn }, Ct);
        Assert.Equal("v", tags.Tags.Single().Value);
        await tables.Client.DeleteTableAsync(TableCloud.Things, Ct);
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => tables.Client.DescribeTableAsync(TableCloud.Things, Ct));
    }

    [Fact]
    public async Task A_table_that_exists_is_in_use()
    {
        await using var tables = await TableCloud.StartAsync();
        var refused = await Assert.ThrowsAsync<ResourceInUseException>(() => tables.Client.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = TableCloud.Things,
                KeySchema = [new("pk", KeyType.HASH)],
                AttributeDefinitions = [new("pk", ScalarAttributeType.S)],
                BillingMode = BillingMode.PAY_PER_REQUEST,
            },
            Ct));
        Assert.Equal("Table already exists: things", refused.Message);
    }

    [Fact]
    public async Task An_index_that_is_added_later_holds_what_is_there_already()
    {
        await using var tables = await TableCloud.StartAsync();
        await tables.PutAsync("m", "1", ("owner", new AttributeValue("me")));
        await tables.Client.UpdateTableAsync(
            new UpdateTableRequest
            {
                TableName = TableCloud.Things,
                AttributeDefinitions = [new("owner", ScalarAttributeType.S)],
                GlobalSecondaryIndexUpdates =
                [
                    new()
                    {
                        Create = new()
                        {
                            IndexName = "byOwner",
                            KeySchema = [new("owner", KeyType.HASH)],
                            Projection = new() { ProjectionType = ProjectionType.ALL },
                        },
                    },
                ],
            },
            Ct);
        var found = await tables.Client.QueryAsync(
            new QueryRequest
            {
                TableName = TableCloud.Things,
                IndexName = "byOwner",
                KeyConditionExpression = "#o = :o",
                ExpressionAttributeNames = new() { ["#o"] = "owner" },
                ExpressionAttributeValues = new() { [":o"] = new("me") },
            },
            Ct);
        Assert.Equal("1", found.Items.Single()["sk"].S);
    }
}
