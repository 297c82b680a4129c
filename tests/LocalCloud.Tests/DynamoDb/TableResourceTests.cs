using System.Text.Json.Nodes;
using LocalCloud.Tests.Templates;

namespace LocalCloud.Tests.DynamoDb;

public class TableResourceTests
{
    [Fact]
    public async Task A_table_of_a_template_has_its_keys_its_stream_and_its_time_to_live()
    {
        await using var app = await DeployedApp.StartAsync("""
            { 'Resources': { 'Inbox': { 'Type': 'AWS::DynamoDB::Table', 'Properties': {
                'KeySchema': [{ 'AttributeName': 'pk', 'KeyType': 'HASH' }], 'AttributeDefinitions': [{ 'AttributeName': 'pk', 'AttributeType': 'S' }],
                'ProvisionedThroughput': { 'ReadCapacityUnits': '5', 'WriteCapacityUnits': 5 }, 'Tags': [{ 'Key': 'team', 'Value': 'shop' }],
                'StreamSpecification': { 'StreamViewType': 'NEW_IMAGE' }, 'TimeToLiveSpecification': { 'AttributeName': 'until', 'Enabled': true } } } },
              'Outputs': { 'Name': { 'Value': { 'Ref': 'Inbox' } }, 'Arn': { 'Value': { 'Fn::GetAtt': ['Inbox', 'Arn'] } }, 'Stream': { 'Value': { 'Fn::GetAtt': ['Inbox', 'StreamArn'] } } } }
            """);
        var outputs = app.Deployment.Outputs;
        var input = new JsonObject { ["TableName"] = outputs["Name"] };
        var table = (await app.Services.DynamoDbAsync("DescribeTable", input, TestContext.Current.CancellationToken))["Table"]!;
        Assert.Matches("^shop-Inbox-[0-9a-f]{8}$", outputs["Name"]);
        Assert.Equal(outputs["Arn"], table["TableArn"]!.GetValue<string>());
        Assert.Equal(outputs["Stream"], table["LatestStreamArn"]!.GetValue<string>());
        Assert.Equal(5, table["ProvisionedThroughput"]!["ReadCapacityUnits"]!.GetValue<int>());
        var expiry = await app.Services.DynamoDbAsync("DescribeTimeToLive", input, TestContext.Current.CancellationToken);
        Assert.Equal("until", expiry["TimeToLiveDescription"]!["AttributeName"]!.GetValue<string>());
    }
}
