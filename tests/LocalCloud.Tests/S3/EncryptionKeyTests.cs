using LocalCloud.Tests.Iam;

namespace LocalCloud.Tests.S3;

/// <summary>S3 uses the KMS key of an object on its caller's behalf: what the key's state or policies refuse is refused.</summary>
public class EncryptionKeyTests
{
    private const string Objects = "{'Effect':'Allow','Action':['s3:PutObject','s3:GetObject'],'Resource':'*'}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_has_the_key_that_its_alias_leads_to_and_a_key_that_does_not_exist_is_an_error()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var key = await KeyAsync(cloud);
        using var root = cloud.Client();
        await root.KmsAsync("CreateAlias", new() { ["AliasName"] = "alias/claims", ["TargetKeyId"] = key }, Ct);

        Assert.Equal(key, (await PutAsync(s3, "alias/claims"))["x-amz-server-side-encryption-aws-kms-key-id"]);
        Assert.StartsWith("arn:aws:kms:us-east-1:000000000000:key/", (await PutAsync(s3, null))["x-amz-server-side-encryption-aws-kms-key-id"], StringComparison.Ordinal);
        Assert.Equal((400, "KMS.NotFoundException"), (await PutAsync(s3, "alias/none")).Error);
        Assert.Equal((400, "KMS.NotFoundException"), (await PutAsync(s3, "00000000-0000-0000-0000-000000000000")).Error);
    }

    [Fact]
    public async Task An_object_cannot_be_read_nor_written_while_its_key_is_disabled_or_about_to_be_deleted()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var key = await KeyAsync(cloud);
        using var root = cloud.Client();
        await PutAsync(s3, key);

        await root.KmsAsync("DisableKey", new() { ["KeyId"] = key }, Ct);
        Assert.Equal((400, "KMS.DisabledException"), (await s3.GetAsync("/bucket/k")).Error);
        Assert.Equal((400, "KMS.DisabledException"), (await PutAsync(s3, key)).Error);
        Assert.Equal(200, (await s3.SendAsync("HEAD", "/bucket/k")).Status);
        await root.KmsAsync("ScheduleKeyDeletion", new() { ["KeyId"] = key }, Ct);
        Assert.Equal((400, "KMS.KMSInvalidStateException"), (await s3.GetAsync("/bucket/k")).Error);
    }

    [Theory]
    [InlineData("kms:GenerateDataKey", null, "PUT")]
    [InlineData("kms:Decrypt", "PUT", "GET")]
    public async Task A_role_needs_the_key_s_permission_besides_the_bucket_s(string action, string? before, string method)
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var key = await KeyAsync(cloud);
        await s3.PutAsync("/bucket?encryption", $"<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>{key}</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>");
        if (before is not null)
        {
            await s3.PutAsync("/bucket/k", "hello");
        }

        using var worker = await cloud.WorkerAsync(Objects);
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => worker.S3Async(new(method), "/bucket/k", "", Ct));
        Assert.Contains($"User: {TestRoles.Session} is not authorized to perform: {action} on resource: {key}", refusal.Message, StringComparison.Ordinal);

        using var root = cloud.Client();
        await root.IamAsync("PutRolePolicy", [("RoleName", "worker"), ("PolicyName", "key"), ("PolicyDocument", TestRoles.Policy(
            $"{{'Effect':'Allow','Action':'{action}','Resource':'{key}','Condition':{{'StringEquals':{{'kms:ViaService':'s3.us-east-1.amazonaws.com','kms:EncryptionContext:aws:s3:arn':'arn:aws:s3:::bucket/k'}}}}}}"))], Ct);
        await worker.S3Async(new(method), "/bucket/k", "", Ct);
    }

    private static Task<S3Response> PutAsync(S3Client s3, string? key) => s3.PutAsync(
        "/bucket/k", "hello",
        [("x-amz-server-side-encryption", "aws:kms"), .. key is null ? Array.Empty<(string, string)>() : [("x-amz-server-side-encryption-aws-kms-key-id", key)]]);

    private static async Task<string> KeyAsync(TestCloud cloud)
    {
        using var root = cloud.Client();
        return (await root.KmsAsync("CreateKey", [], Ct))["KeyMetadata"]!["Arn"]!.GetValue<string>();
    }
}
