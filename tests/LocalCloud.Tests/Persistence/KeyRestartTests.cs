using System.Text.Json.Nodes;
using LocalCloud.Tests.Kms;

namespace LocalCloud.Tests.Persistence;

public class KeyRestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_encrypted_can_be_read_with_the_keys_of_before(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        var key = await it.Cloud.CreateKeyAsync();
        await it.Cloud.KmsAsync("CreateAlias", new() { ["AliasName"] = "alias/orders", ["TargetKeyId"] = key });
        await it.Cloud.KmsAsync("EnableKeyRotation", new() { ["KeyId"] = key, ["RotationPeriodInDays"] = 90 });
        var (first, ofService) = (await it.Cloud.EncryptAsync("alias/orders", "first"), await it.Cloud.EncryptAsync("alias/aws/sqs", "queue"));
        it.Time.Advance(TimeSpan.FromDays(91));
        var second = await it.Cloud.EncryptAsync("alias/orders", "second");

        await (compacted ? it.CompactAndKillAsync() : it.KillAsync());

        Assert.Equal(["first", "second", "queue"], [await it.Cloud.DecryptAsync(first), await it.Cloud.DecryptAsync(second), await it.Cloud.DecryptAsync(ofService)]);
        Assert.Equal(key, (string)(await it.Cloud.DescribeKeyAsync("alias/orders"))["KeyId"]!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_keeps_all_that_was_set_and_what_was_deleted_stays_away(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        var key = await it.Cloud.CreateKeyAsync(new() { ["Description"] = "orders", ["Tags"] = new JsonArray(new JsonObject { ["TagKey"] = "team", ["TagValue"] = "red" }) });
        var (gone, leaving) = (await it.Cloud.CreateKeyAsync(), await it.Cloud.CreateKeyAsync());
        await it.Cloud.KmsAsync("CreateAlias", new() { ["AliasName"] = "alias/dropped", ["TargetKeyId"] = key });
        await it.Cloud.KmsAsync("DeleteAlias", new() { ["AliasName"] = "alias/dropped" });
        await it.Cloud.KmsAsync("DisableKey", new() { ["KeyId"] = key });
        await it.Cloud.KmsAsync("PutKeyPolicy", new() { ["KeyId"] = key, ["Policy"] = """{"Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}]}""" });
        await it.Cloud.KmsAsync("ScheduleKeyDeletion", new() { ["KeyId"] = gone, ["PendingWindowInDays"] = 7 });
        it.Time.Advance(TimeSpan.FromDays(8));
        await it.Cloud.KmsAsync("ScheduleKeyDeletion", new() { ["KeyId"] = leaving, ["PendingWindowInDays"] = 7 });
        var before = await AllAsync();

        await (compacted ? it.CompactAndKillAsync() : it.KillAsync());

        Assert.Equal(before, await AllAsync());
        Assert.Equal("NotFoundException", await it.Cloud.KmsErrorAsync("DescribeKey", new() { ["KeyId"] = gone }));

        async Task<string> AllAsync()
        {
            JsonObject[] answers =
            [
                await it.Cloud.KmsAsync("ListKeys", []),
                await it.Cloud.KmsAsync("ListAliases", []),
                await it.Cloud.DescribeKeyAsync(key),
                await it.Cloud.DescribeKeyAsync(leaving),
                await it.Cloud.KmsAsync("GetKeyPolicy", new() { ["KeyId"] = key, ["PolicyName"] = "default" }),
                await it.Cloud.KmsAsync("ListResourceTags", new() { ["KeyId"] = key }),
            ];
            return string.Join('\n', answers.Select(answer => answer.ToJsonString()));
        }
    }
}
