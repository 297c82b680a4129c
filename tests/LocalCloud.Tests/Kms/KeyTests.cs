using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Kms;

public class KeyTests
{
    [Fact]
    public async Task A_new_key_is_enabled_and_the_account_may_do_everything_with_it()
    {
        await using var cloud = await TestCloud.StartAsync();

        var key = await cloud.DescribeKeyAsync(await cloud.CreateKeyAsync(new() { ["Description"] = "rooms" }));
        var policy = JsonNode.Parse((string)(await cloud.KmsAsync("GetKeyPolicy", new() { ["KeyId"] = (string)key["Arn"]! }))["Policy"]!)!;

        Assert.Equal(("Enabled", "rooms", "CUSTOMER", "SYMMETRIC_DEFAULT"), ((string)key["KeyState"]!, (string)key["Description"]!, (string)key["KeyManager"]!, (string)key["KeySpec"]!));
        Assert.Equal(cloud.Time.GetUtcNow().ToUnixTimeSeconds(), (long)(double)key["CreationDate"]!);
        Assert.Equal(("arn:aws:iam::000000000000:root", "kms:*"), ((string)policy["Statement"]![0]!["Principal"]!["AWS"]!, (string)policy["Statement"]![0]!["Action"]!));
    }

    [Fact]
    public async Task A_disabled_key_does_nothing_until_it_is_enabled()
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.CreateKeyAsync();
        var blob = await cloud.EncryptAsync(key, "x");

        await cloud.KmsAsync("DisableKey", new() { ["KeyId"] = key });

        Assert.Equal("DisabledException", await cloud.KmsErrorAsync("Decrypt", new() { ["CiphertextBlob"] = blob }));
        Assert.Equal("DisabledException", await cloud.KmsErrorAsync("GenerateDataKey", new() { ["KeyId"] = key, ["KeySpec"] = "AES_256" }));
        Assert.Equal("DisabledException", await cloud.KmsErrorAsync("EnableKeyRotation", new() { ["KeyId"] = key }));
        await cloud.KmsAsync("EnableKey", new() { ["KeyId"] = key });
        Assert.Equal("x", await cloud.DecryptAsync(blob));
    }

    [Fact]
    public async Task A_key_is_deleted_when_its_days_are_over_and_not_before()
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.CreateKeyAsync();
        await cloud.KmsAsync("CreateAlias", new() { ["AliasName"] = "alias/rooms", ["TargetKeyId"] = key });
        var blob = await cloud.EncryptAsync(key, "x");

        var scheduled = await cloud.KmsAsync("ScheduleKeyDeletion", new() { ["KeyId"] = key, ["PendingWindowInDays"] = 7 });

        Assert.Equal(cloud.Time.GetUtcNow().AddDays(7).ToUnixTimeSeconds(), (long)(double)scheduled["DeletionDate"]!);
        Assert.Equal("KMSInvalidStateException", await cloud.KmsErrorAsync("Decrypt", new() { ["CiphertextBlob"] = blob }));
        Assert.Equal("KMSInvalidStateException", await cloud.KmsErrorAsync("EnableKey", new() { ["KeyId"] = key }));
        cloud.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal("PendingDeletion", (string)(await cloud.DescribeKeyAsync("alias/rooms"))["KeyState"]!);
        cloud.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("NotFoundException", await cloud.KmsErrorAsync("DescribeKey", new() { ["KeyId"] = key }));
        Assert.Equal("NotFoundException", await cloud.KmsErrorAsync("DescribeKey", new() { ["KeyId"] = "alias/rooms" }));
        Assert.Equal("AccessDeniedException", await cloud.KmsErrorAsync("Decrypt", new() { ["CiphertextBlob"] = blob }));
        Assert.Empty((await cloud.KmsAsync("ListKeys", []))["Keys"]!.AsArray());
    }

    [Fact]
    public async Task A_cancelled_deletion_leaves_the_key_disabled()
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.CreateKeyAsync();
        Assert.Equal("KMSInvalidStateException", await cloud.KmsErrorAsync("CancelKeyDeletion", new() { ["KeyId"] = key }));
        await cloud.KmsAsync("ScheduleKeyDeletion", new() { ["KeyId"] = key });

        await cloud.KmsAsync("CancelKeyDeletion", new() { ["KeyId"] = key });

        cloud.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal("Disabled", (string)(await cloud.DescribeKeyAsync(key))["KeyState"]!);
    }

    [Fact]
    public async Task A_rotated_key_has_new_material_and_still_reads_what_the_old_one_wrote()
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.CreateKeyAsync();
        await cloud.KmsAsync("EnableKeyRotation", new() { ["KeyId"] = key, ["RotationPeriodInDays"] = 90 });
        var (blob, before) = (await cloud.EncryptAsync(key, "x"), (string)(await cloud.DescribeKeyAsync(key))["CurrentKeyMaterialId"]!);

        cloud.Time.Advance(TimeSpan.FromDays(90));

        Assert.NotEqual(before, (string)(await cloud.DescribeKeyAsync(key))["CurrentKeyMaterialId"]!);
        Assert.Equal(before, (string)(await cloud.KmsAsync("Decrypt", new() { ["CiphertextBlob"] = blob }))["KeyMaterialId"]!);
        var status = await cloud.KmsAsync("GetKeyRotationStatus", new() { ["KeyId"] = key });
        Assert.Equal((true, cloud.Time.GetUtcNow().AddDays(90).ToUnixTimeSeconds()), ((bool)status["KeyRotationEnabled"]!, (long)(double)status["NextRotationDate"]!));
        await cloud.KmsAsync("DisableKeyRotation", new() { ["KeyId"] = key });
        Assert.False((bool)(await cloud.KmsAsync("GetKeyRotationStatus", new() { ["KeyId"] = key }))["KeyRotationEnabled"]!);
    }

    [Fact]
    public async Task Policies_tags_and_descriptions_can_be_changed()
    {
        await using var cloud = await TestCloud.StartAsync();
        const string policy = """{"Version":"2012-10-17","Statement":[]}""";
        var key = await cloud.CreateKeyAsync(new() { ["Tags"] = new JsonArray(new JsonObject { ["TagKey"] = "a", ["TagValue"] = "1" }) });

        Assert.Equal("MalformedPolicyDocumentException", await cloud.KmsErrorAsync("PutKeyPolicy", new() { ["KeyId"] = key, ["Policy"] = policy }));
        var whole = policy.Replace("[]", """{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}""", StringComparison.Ordinal);
        await cloud.KmsAsync("PutKeyPolicy", new() { ["KeyId"] = key, ["Policy"] = whole });
        await cloud.KmsAsync("TagResource", new() { ["KeyId"] = key, ["Tags"] = new JsonArray(new JsonObject { ["TagKey"] = "b", ["TagValue"] = "2" }) });
        await cloud.KmsAsync("UntagResource", new() { ["KeyId"] = key, ["TagKeys"] = new JsonArray("a") });
        await cloud.KmsAsync("UpdateKeyDescription", new() { ["KeyId"] = key, ["Description"] = "new" });

        Assert.Equal(whole, (string)(await cloud.KmsAsync("GetKeyPolicy", new() { ["KeyId"] = key }))["Policy"]!);
        Assert.Equal("b", (string)Assert.Single((await cloud.KmsAsync("ListResourceTags", new() { ["KeyId"] = key }))["Tags"]!.AsArray())!["TagKey"]!);
        Assert.Equal("new", (string)(await cloud.DescribeKeyAsync(key))["Description"]!);
        Assert.Equal("NotFoundException", await cloud.KmsErrorAsync("GetKeyPolicy", new() { ["KeyId"] = key, ["PolicyName"] = "other" }));
    }

    [Theory]
    [InlineData("'Effect':'Allow','Action':'kms:*','Resource':'*'")]
    [InlineData("'Effect':'Allow','Principal':'*','Action':'kms:*'")]
    [InlineData("'Effect':'Allow','Principal':'*','Action':'kms:*','Resource':'*','Condition':{'StringSortOf':{'a':'b'}}")]
    public async Task A_key_policy_that_could_not_be_evaluated_is_refused(string statement)
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.CreateKeyAsync();
        var policy = $"{{'Statement':[{{{statement}}}]}}".Replace('\'', '"');

        Assert.Equal("MalformedPolicyDocumentException", await cloud.KmsErrorAsync("PutKeyPolicy", new() { ["KeyId"] = key, ["Policy"] = policy }));
        Assert.Equal("MalformedPolicyDocumentException", await cloud.KmsErrorAsync("CreateKey", new() { ["Policy"] = policy }));
    }

    [Fact]
    public async Task Keys_are_listed_in_pages()
    {
        await using var cloud = await TestCloud.StartAsync();
        string[] keys = [await cloud.CreateKeyAsync(), await cloud.CreateKeyAsync(), await cloud.CreateKeyAsync()];

        var first = await cloud.KmsAsync("ListKeys", new() { ["Limit"] = 2 });
        var second = await cloud.KmsAsync("ListKeys", new() { ["Limit"] = 2, ["Marker"] = (string)first["NextMarker"]! });

        Assert.Equal((true, false), ((bool)first["Truncated"]!, (bool)second["Truncated"]!));
        Assert.Equal(keys.Order(), first["Keys"]!.AsArray().Concat(second["Keys"]!.AsArray()).Select(key => (string)key!["KeyId"]!));
        Assert.Equal("InvalidMarkerException", await cloud.KmsErrorAsync("ListKeys", new() { ["Marker"] = "?" }));
    }

    [Theory]
    [InlineData("""{"KeySpec":"RSA_2048"}""", "UnsupportedOperationException")]
    [InlineData("""{"KeyUsage":"SIGN_VERIFY"}""", "UnsupportedOperationException")]
    [InlineData("""{"MultiRegion":true}""", "UnsupportedOperationException")]
    [InlineData("""{"Policy":"{"}""", "MalformedPolicyDocumentException")]
    [InlineData("""{"Tags":[{"TagKey":"a","TagValue":""},{"TagKey":"a","TagValue":""}]}""", "TagException")]
    public async Task A_key_that_cannot_be_made_is_refused(string body, string error)
    {
        await using var cloud = await TestCloud.StartAsync();

        Assert.Equal(error, await cloud.KmsErrorAsync("CreateKey", JsonNode.Parse(body)!.AsObject()));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(31)]
    public async Task A_key_waits_7_to_30_days_for_its_deletion(int days)
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.CreateKeyAsync();

        Assert.Equal("ValidationException", await cloud.KmsErrorAsync("ScheduleKeyDeletion", new() { ["KeyId"] = key, ["PendingWindowInDays"] = days }));
    }
}
