using System.Text.Json.Nodes;
using LocalCloud.Lambda.Calls;
using LocalCloud.Tests.Kms;

namespace LocalCloud.Tests.Iam;

public class KeyPermissionTests
{
    private const string Objects = "{'Effect':'Allow','Action':['s3:PutObject','s3:GetObject'],'Resource':'*'}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Objects_of_an_encrypted_bucket_need_the_permission_to_use_its_key()
    {
        await using var cloud = await TestCloud.StartAsync();
        var arn = await EncryptedBucketAsync(cloud);
        using var worker = await cloud.WorkerAsync(Objects);
        using var root = cloud.Client();
        await root.S3Async(HttpMethod.Put, "/bucket/k", "x", Ct);

        var put = await Assert.ThrowsAsync<ServiceError>(() => worker.S3Async(HttpMethod.Put, "/bucket/k", "x", Ct));
        var get = await Assert.ThrowsAsync<ServiceError>(() => worker.S3Async(HttpMethod.Get, "/bucket/k", "", Ct));
        var upload = await Assert.ThrowsAsync<ServiceError>(() => worker.S3Async(HttpMethod.Post, "/bucket/k?uploads", "", Ct));

        Assert.StartsWith($"AccessDenied: User: {TestRoles.Session} is not authorized to perform: kms:GenerateDataKey on resource: {arn}", put.Message, StringComparison.Ordinal);
        Assert.StartsWith($"AccessDenied: User: {TestRoles.Session} is not authorized to perform: kms:Decrypt on resource: {arn}", get.Message, StringComparison.Ordinal);
        Assert.Contains("kms:GenerateDataKey", upload.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_of_a_bucket_may_be_used_through_S3_alone()
    {
        await using var cloud = await TestCloud.StartAsync();
        await EncryptedBucketAsync(cloud);
        using var worker = await cloud.WorkerAsync(
            Objects,
            "{'Effect':'Allow','Action':['kms:GenerateDataKey','kms:Decrypt'],'Resource':'*','Condition':{'StringEquals':{'kms:ViaService':'s3.us-east-1.amazonaws.com','kms:EncryptionContext:aws:s3:arn':'arn:aws:s3:::bucket/k'}}}");

        await worker.S3Async(HttpMethod.Put, "/bucket/k", "x", Ct);
        await worker.S3Async(HttpMethod.Get, "/bucket/k", "", Ct);
        await Assert.ThrowsAsync<ServiceError>(() => worker.S3Async(HttpMethod.Put, "/bucket/other", "x", Ct));
    }

    [Fact]
    public async Task A_listing_may_be_allowed_below_a_prefix_only()
    {
        await using var cloud = await TestCloud.StartAsync();
        using var root = cloud.Client();
        await root.S3Async(HttpMethod.Put, "/bucket", "", Ct);
        using var worker = await cloud.WorkerAsync("{'Effect':'Allow','Action':'s3:ListBucket','Resource':'arn:aws:s3:::bucket','Condition':{'StringLike':{'s3:prefix':'mine/*'}}}");

        await worker.S3Async(HttpMethod.Get, "/bucket?list-type=2&prefix=mine%2F", "", Ct);
        await Assert.ThrowsAsync<ServiceError>(() => worker.S3Async(HttpMethod.Get, "/bucket?list-type=2&prefix=yours%2F", "", Ct));
        await Assert.ThrowsAsync<ServiceError>(() => worker.S3Async(HttpMethod.Get, "/bucket?list-type=2", "", Ct));
    }

    [Fact]
    public async Task A_key_may_be_allowed_for_one_encryption_context_and_under_one_alias()
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.CreateKeyAsync();
        await cloud.KmsAsync("CreateAlias", new JsonObject { ["AliasName"] = "alias/rooms", ["TargetKeyId"] = key });
        using var worker = await cloud.WorkerAsync(
            "{'Effect':'Allow','Action':'kms:Encrypt','Resource':'*','Condition':{'StringEquals':{'kms:RequestAlias':'alias/rooms','kms:EncryptionContext:tenant':'a'}}}");
        Task<JsonObject> EncryptAsync(string name, string tenant) => worker.KmsAsync(
            "Encrypt", new JsonObject { ["KeyId"] = name, ["Plaintext"] = "QQ==", ["EncryptionContext"] = new JsonObject { ["tenant"] = tenant } }, Ct);

        await EncryptAsync("alias/rooms", "a");
        await Assert.ThrowsAsync<ServiceError>(() => EncryptAsync("alias/rooms", "b"));
        await Assert.ThrowsAsync<ServiceError>(() => EncryptAsync(key, "a"));
    }

    [Theory]
    [InlineData("GetItem", """{"TableName":"rooms","Key":{"hotel":{"S":"WHO"}}}""")]
    [InlineData("PutItem", """{"TableName":"rooms","Item":{"hotel":{"S":"WHO"}}}""")]
    [InlineData("UpdateItem", """{"TableName":"rooms","Key":{"hotel":{"S":"WHO"}}}""")]
    [InlineData("DeleteItem", """{"TableName":"rooms","Key":{"hotel":{"S":"WHO"}}}""")]
    [InlineData("Query", """{"TableName":"rooms","KeyConditionExpression":"hotel = :h","ExpressionAttributeValues":{":h":{"S":"WHO"}}}""")]
    [InlineData("BatchGetItem", """{"RequestItems":{"rooms":{"Keys":[{"hotel":{"S":"mine"}},{"hotel":{"S":"WHO2"}}]}}}""")]
    [InlineData("BatchWriteItem", """{"RequestItems":{"rooms":[{"DeleteRequest":{"Key":{"hotel":{"S":"WHO"}}}}]}}""")]
    [InlineData("TransactWriteItems", """{"TransactItems":[{"Put":{"TableName":"rooms","Item":{"hotel":{"S":"WHO"}}}}]}""")]
    public async Task Items_may_be_allowed_by_their_partition_key(string action, string input)
    {
        await using var cloud = await TestCloud.StartAsync();
        using var root = cloud.Client();
        await root.DynamoDbAsync(
            "CreateTable",
            JsonNode.Parse("""{"TableName":"rooms","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"hotel","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"hotel","AttributeType":"S"}]}""")!.AsObject(), Ct);
        using var worker = await cloud.WorkerAsync("{'Effect':'Allow','Action':'dynamodb:*','Resource':'*','Condition':{'ForAllValues:StringLike':{'dynamodb:LeadingKeys':'mine*'}}}");
        Task<JsonObject> CallAsync(string who) => worker.DynamoDbAsync(action, JsonNode.Parse(input.Replace("WHO", who, StringComparison.Ordinal))!.AsObject(), Ct);

        await CallAsync("mine");
        var error = await Assert.ThrowsAsync<ServiceError>(() => CallAsync("yours"));
        Assert.StartsWith("AccessDeniedException", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> EncryptedBucketAsync(TestCloud cloud)
    {
        using var root = cloud.Client();
        var key = await cloud.CreateKeyAsync();
        await root.S3Async(HttpMethod.Put, "/bucket", "", Ct);
        await root.S3Async(
            HttpMethod.Put, "/bucket?encryption",
            $"<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>{key}</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>", Ct);
        return $"arn:aws:kms:us-east-1:000000000000:key/{key}";
    }
}
