using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Kms;

public class AliasTests
{
    [Fact]
    public async Task An_alias_stands_for_its_key_until_it_changes_or_goes()
    {
        await using var cloud = await TestCloud.StartAsync();
        var (one, two) = (await cloud.CreateKeyAsync(), await cloud.CreateKeyAsync());
        await cloud.KmsAsync("CreateAlias", new() { ["AliasName"] = "alias/rooms", ["TargetKeyId"] = one });
        var blob = await cloud.EncryptAsync("alias/rooms", "x");

        await cloud.KmsAsync("UpdateAlias", new() { ["AliasName"] = "alias/rooms", ["TargetKeyId"] = two });

        Assert.Equal("x", await cloud.DecryptAsync(blob));
        Assert.Equal(two, (string)(await cloud.DescribeKeyAsync("arn:aws:kms:us-east-1:000000000000:alias/rooms"))["KeyId"]!);
        Assert.Empty((await cloud.KmsAsync("ListAliases", new() { ["KeyId"] = one }))["Aliases"]!.AsArray());
        Assert.Equal(two, (string)Assert.Single((await cloud.KmsAsync("ListAliases", []))["Aliases"]!.AsArray())!["TargetKeyId"]!);
        await cloud.KmsAsync("DeleteAlias", new() { ["AliasName"] = "alias/rooms" });
        Assert.Equal("NotFoundException", await cloud.KmsErrorAsync("DescribeKey", new() { ["KeyId"] = "alias/rooms" }));
    }

    [Fact]
    public async Task An_alias_exists_once()
    {
        await using var cloud = await TestCloud.StartAsync();
        JsonObject input = new() { ["AliasName"] = "alias/rooms", ["TargetKeyId"] = await cloud.CreateKeyAsync() };
        await cloud.KmsAsync("CreateAlias", input);

        Assert.Equal("AlreadyExistsException", await cloud.KmsErrorAsync("CreateAlias", input));
    }

    [Theory]
    [InlineData("CreateAlias", "rooms", "ValidationException")]
    [InlineData("CreateAlias", "alias/", "ValidationException")]
    [InlineData("CreateAlias", "alias/a b", "ValidationException")]
    [InlineData("CreateAlias", "alias/a:b", "ValidationException")]
    [InlineData("CreateAlias", "alias/aws/rooms", "NotAuthorizedException")]
    [InlineData("UpdateAlias", "alias/nobody", "NotFoundException")]
    [InlineData("DeleteAlias", "alias/nobody", "NotFoundException")]
    public async Task An_alias_with_a_bad_name_is_refused(string action, string name, string error)
    {
        await using var cloud = await TestCloud.StartAsync();

        Assert.Equal(error, await cloud.KmsErrorAsync(action, new() { ["AliasName"] = name, ["TargetKeyId"] = await cloud.CreateKeyAsync() }));
    }

    [Fact]
    public async Task A_key_of_AWS_exists_from_its_first_use_and_cannot_be_changed()
    {
        await using var cloud = await TestCloud.StartAsync();

        var key = await cloud.DescribeKeyAsync("alias/aws/sqs");
        var again = await cloud.DescribeKeyAsync("alias/aws/sqs");

        Assert.Equal(("AWS", (string)again["KeyId"]!), ((string)key["KeyManager"]!, (string)key["KeyId"]!));
        var policy = (string)(await cloud.KmsAsync("GetKeyPolicy", new() { ["KeyId"] = (string)key["KeyId"]! }))["Policy"]!;
        Assert.Contains("sqs.us-east-1.amazonaws.com", policy, StringComparison.Ordinal);
        Assert.Equal("AccessDeniedException", await cloud.KmsErrorAsync("DisableKey", new() { ["KeyId"] = (string)key["KeyId"]! }));
        Assert.Equal("NotFoundException", await cloud.KmsErrorAsync("DescribeKey", new() { ["KeyId"] = "alias/aws/nobody" }));
    }

    [Theory]
    [InlineData("alias/aws/sqs", "NotFoundException")]
    [InlineData("arn:aws:kms:us-east-1:000000000000:alias/aws/sqs", "InvalidArnException")]
    public async Task An_operation_on_a_key_takes_no_alias(string reference, string error)
    {
        await using var cloud = await TestCloud.StartAsync();

        Assert.Equal(error, await cloud.KmsErrorAsync("DisableKey", new() { ["KeyId"] = reference }));
    }
}
