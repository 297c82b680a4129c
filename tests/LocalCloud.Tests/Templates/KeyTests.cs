using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Templates;

public class KeyTests
{
    private const string Two = """
        { 'Resources': {
            'Queues': { 'Type': 'AWS::KMS::Key', 'Properties': { 'Description': 'in queues', 'EnableKeyRotation': true, 'PendingWindowInDays': 7,
              'Tags': [ { 'Key': 'a', 'Value': '1' } ], 'KeyPolicy': { 'Version': '2012-10-17', 'Statement': [ { 'Effect': 'Allow', 'Principal': { 'Service': 'sns.amazonaws.com' },
                'Action': 'kms:*', 'Resource': '*', 'Condition': { 'ArnEquals': { 'aws:SourceArn': { 'Ref': 'Topic' } } } } ] } } },
            'Topic': { 'Type': 'AWS::SNS::Topic', 'Properties': { 'KmsMasterKeyId': { 'Fn::GetAtt': [ 'Topics', 'Arn' ] } } },
            'Topics': { 'Type': 'AWS::KMS::Key', 'Properties': { 'Enabled': false } },
            'Alias': { 'Type': 'AWS::KMS::Alias', 'Properties': { 'AliasName': 'alias/queues', 'TargetKeyId': { 'Fn::GetAtt': [ 'Queues', 'Arn' ] } } },
            'Queue': { 'Type': 'AWS::SQS::Queue', 'Properties': { 'KmsMasterKeyId': { 'Ref': 'Queues' } } } },
          'Outputs': { 'Id': { 'Value': { 'Ref': 'Queues' } }, 'Topics': { 'Value': { 'Fn::GetAtt': [ 'Topics', 'KeyId' ] } },
            'Topic': { 'Value': { 'Ref': 'Topic' } }, 'Url': { 'Value': { 'Ref': 'Queue' } } } }
        """;

    [Fact]
    public async Task Keys_are_created_with_their_policies_before_what_they_encrypt_and_after_what_they_name()
    {
        await using var app = await DeployedApp.StartAsync(Two);
        var id = app.Deployment.Outputs["Id"];

        var key = (await KmsAsync(app, "DescribeKey", "alias/queues"))["KeyMetadata"]!;
        Assert.Equal((id, "in queues", "Enabled"), ((string)key["KeyId"]!, (string)key["Description"]!, (string)key["KeyState"]!));
        Assert.Contains(app.Deployment.Outputs["Topic"], (string)(await KmsAsync(app, "GetKeyPolicy", id))["Policy"]!, StringComparison.Ordinal);
        Assert.True((bool)(await KmsAsync(app, "GetKeyRotationStatus", id))["KeyRotationEnabled"]!);
        Assert.Equal("1", (string)(await KmsAsync(app, "ListResourceTags", id))["Tags"]![0]!["TagValue"]!);
        Assert.Equal("Disabled", (string)(await KmsAsync(app, "DescribeKey", app.Deployment.Outputs["Topics"]))["KeyMetadata"]!["KeyState"]!);
        var input = new JsonObject { ["QueueUrl"] = app.Deployment.Outputs["Url"], ["AttributeNames"] = new JsonArray("KmsMasterKeyId") };
        Assert.Equal(id, (string)(await app.Services.SqsAsync("GetQueueAttributes", input, TestContext.Current.CancellationToken))["Attributes"]!["KmsMasterKeyId"]!);
    }

    [Fact]
    public async Task A_deployment_that_cleans_up_lets_its_keys_go_in_their_days_and_their_aliases_at_once()
    {
        await using var app = await DeployedApp.StartAsync(Two, options => options with { DeleteOnDispose = true });

        await app.Deployment.DisposeAsync();

        var key = (await KmsAsync(app, "DescribeKey", app.Deployment.Outputs["Id"]))["KeyMetadata"]!;
        Assert.Equal("PendingDeletion", (string)key["KeyState"]!);
        Assert.Equal(7, Math.Round(((double)key["DeletionDate"]! - (double)key["CreationDate"]!) / 86_400));
        Assert.Empty((await app.Services.KmsAsync("ListAliases", [], TestContext.Current.CancellationToken))["Aliases"]!.AsArray());
    }

    [Fact]
    public async Task A_key_of_a_kind_that_is_not_emulated_is_named_and_skipped()
    {
        await using var app = await DeployedApp.StartAsync("""
            { 'Resources': { 'Rsa': { 'Type': 'AWS::KMS::Key', 'Properties': { 'KeySpec': 'RSA_2048', 'KeyUsage': 'SIGN_VERIFY' } } },
              'Outputs': { 'Arn': { 'Value': { 'Fn::GetAtt': [ 'Rsa', 'Arn' ] } } } }
            """);

        Assert.StartsWith("arn:aws:kms:us-east-1:000000000000:key/", app.Deployment.Outputs["Arn"], StringComparison.Ordinal);
        Assert.Contains(app.Logs, line => line.Contains("AWS::KMS::Key", StringComparison.Ordinal));
    }

    private static Task<JsonObject> KmsAsync(DeployedApp app, string action, string key) =>
        app.Services.KmsAsync(action, new JsonObject { ["KeyId"] = key }, TestContext.Current.CancellationToken);
}
