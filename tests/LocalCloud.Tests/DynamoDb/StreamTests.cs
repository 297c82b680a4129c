using Amazon.DynamoDBv2.Model;

namespace LocalCloud.Tests.DynamoDb;

public class StreamTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("KEYS_ONLY", null, null)]
    [InlineData("NEW_IMAGE", null, "2")]
    [InlineData("OLD_IMAGE", "1", null)]
    [InlineData("NEW_AND_OLD_IMAGES", "1", "2")]
    public async Task A_record_has_the_images_of_its_view(string view, string? old, string? now)
    {
        await using var tables = await TableCloud.StartAsync(view);
        await tables.PutAsync("m", "1", ("n", TableCloud.N("1")));
        await tables.PutAsync("m", "1", ("n", TableCloud.N("2")));
        await tables.PutAsync("m", "1", ("n", TableCloud.N("2.0")));
        var records = await tables.RecordsAsync();
        Assert.Equal(["INSERT", "MODIFY"], records.Select(record => (string)record["eventName"]!));
        var change = records[1]["dynamodb"]!;
        Assert.Equal("m", (string)change["Keys"]!["pk"]!["S"]!);
        Assert.Equal(old, (string?)change["OldImage"]?["n"]?["N"]);
        Assert.Equal(now, (string?)change["NewImage"]?["n"]?["N"]);
        Assert.True(string.CompareOrdinal((string)records[0]["dynamodb"]!["SequenceNumber"]!, (string)change["SequenceNumber"]!) < 0);
    }

    [Fact]
    public async Task An_expired_item_is_gone_and_in_the_stream_as_deleted_by_the_service()
    {
        await using var tables = await TableCloud.StartAsync();
        await tables.Client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest { TableName = TableCloud.Things, TimeToLiveSpecification = new() { AttributeName = "until", Enabled = true } }, Ct);
        var until = tables.Cloud.Time.GetUtcNow().ToUnixTimeSeconds() + 60;
        await tables.PutAsync("m", "1", ("until", TableCloud.N($"{until}")));
        Assert.NotEmpty((await tables.GetAsync("m", "1"))!);
        tables.Cloud.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(await tables.GetAsync("m", "1") is null or { Count: 0 });
        var removed = (await tables.RecordsAsync())[1];
        Assert.Equal("REMOVE", (string)removed["eventName"]!);
        Assert.Equal(("Service", "dynamodb.amazonaws.com"), ((string)removed["userIdentity"]!["Type"]!, (string)removed["userIdentity"]!["PrincipalId"]!));
    }

    [Fact]
    public async Task Records_stay_for_24_hours_and_iterators_for_15_minutes()
    {
        await using var tables = await TableCloud.StartAsync();
        await tables.PutAsync("m", "1");
        var iterator = await tables.IteratorAsync();
        tables.Cloud.Time.Advance(TimeSpan.FromMinutes(15));
        var expired = await tables.StreamsAsync("GetRecords", new() { ["ShardIterator"] = iterator });
        Assert.Equal("com.amazonaws.dynamodb.v20120810#ExpiredIteratorException", (string)expired["__type"]!);
        Assert.Single(await tables.RecordsAsync());
        tables.Cloud.Time.Advance(TimeSpan.FromHours(24));
        Assert.Empty(await tables.RecordsAsync());
    }

    [Fact]
    public async Task A_stream_that_is_turned_off_can_be_read_to_its_end()
    {
        await using var tables = await TableCloud.StartAsync();
        await tables.PutAsync("m", "1");
        await tables.Client.UpdateTableAsync(new UpdateTableRequest { TableName = TableCloud.Things, StreamSpecification = new() { StreamEnabled = false } }, Ct);
        await tables.PutAsync("m", "2");
        var answer = await tables.StreamsAsync("GetRecords", new() { ["ShardIterator"] = await tables.IteratorAsync() });
        Assert.Single(answer["Records"]!.AsArray());
        Assert.Null(answer["NextShardIterator"]);
    }
}
