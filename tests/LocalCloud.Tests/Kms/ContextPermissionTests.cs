using System.Text.Json.Nodes;
using LocalCloud.Lambda.Calls;
using LocalCloud.Tests.Iam;

namespace LocalCloud.Tests.Kms;

/// <summary>A policy may ask for an encryption context, or for the alias by which a key is named.</summary>
public class ContextPermissionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("'kms:EncryptionContext:tenant':'one'", true)]
    [InlineData("'kms:EncryptionContext:tenant':'two'", false)]
    [InlineData("'kms:EncryptionContextKeys':'tenant'", true)]
    [InlineData("'kms:RequestAlias':'alias/claims'", true)]
    [InlineData("'kms:RequestAlias':'alias/others'", false)]
    public async Task A_data_key_is_made_only_under_the_condition(string condition, bool allowed)
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.CreateKeyAsync();
        await cloud.KmsAsync("CreateAlias", new() { ["AliasName"] = "alias/claims", ["TargetKeyId"] = key });
        using var worker = await cloud.WorkerAsync($"{{'Effect':'Allow','Action':'kms:GenerateDataKey','Resource':'*','Condition':{{'StringEquals':{{{condition}}}}}}}");
        Task<JsonObject> MakeAsync() => worker.KmsAsync("GenerateDataKey", new() { ["KeyId"] = "alias/claims", ["KeySpec"] = "AES_256", ["EncryptionContext"] = Tenant() }, Ct);

        if (allowed)
            Assert.NotNull((await MakeAsync())["Plaintext"]);
        else
            Assert.StartsWith("AccessDeniedException", (await Assert.ThrowsAsync<ServiceError>(MakeAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_side_of_a_reencryption_has_its_own_context()
    {
        await using var cloud = await TestCloud.StartAsync();
        var key = await cloud.CreateKeyAsync();
        using var worker = await cloud.WorkerAsync(
            "{'Effect':'Allow','Action':['kms:Encrypt','kms:ReEncryptFrom'],'Resource':'*','Condition':{'StringEquals':{'kms:EncryptionContext:tenant':'one'}}}",
            "{'Effect':'Allow','Action':['kms:ReEncryptTo','kms:Decrypt'],'Resource':'*','Condition':{'StringEquals':{'kms:EncryptionContext:tenant':'two'}}}");
        var sealed1 = (await worker.KmsAsync("Encrypt", new() { ["KeyId"] = key, ["Plaintext"] = "YQ==", ["EncryptionContext"] = Tenant() }, Ct))["CiphertextBlob"]!.GetValue<string>();

        await Assert.ThrowsAsync<ServiceError>(() => worker.KmsAsync("Decrypt", new() { ["CiphertextBlob"] = sealed1, ["EncryptionContext"] = Tenant() }, Ct));
        var sealed2 = await worker.KmsAsync("ReEncrypt", new()
        {
            ["CiphertextBlob"] = sealed1,
            ["SourceEncryptionContext"] = Tenant(),
            ["DestinationKeyId"] = key,
            ["DestinationEncryptionContext"] = Tenant("two"),
        }, Ct);
        var opened = await worker.KmsAsync("Decrypt", new() { ["CiphertextBlob"] = sealed2["CiphertextBlob"]!.GetValue<string>(), ["EncryptionContext"] = Tenant("two") }, Ct);

        Assert.Equal("YQ==", opened["Plaintext"]!.GetValue<string>());
    }

    private static JsonObject Tenant(string name = "one") => new() { ["tenant"] = name };
}
