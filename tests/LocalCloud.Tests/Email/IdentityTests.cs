namespace LocalCloud.Tests.Email;

public class IdentityTests
{
    private const string Path = "/v2/email/identities";

    [Fact]
    public async Task An_identity_is_verified_as_soon_as_it_exists()
    {
        await using var cloud = await TestCloud.StartAsync();

        var created = await cloud.SesAsync(HttpMethod.Post, Path, """{"EmailIdentity":"hotel@example.com","Tags":[{"Key":"a","Value":"1"}]}""");
        await cloud.SesAsync(HttpMethod.Post, Path, """{"EmailIdentity":"example.com"}""");
        var got = await cloud.SesAsync(HttpMethod.Get, Path + "/hotel%40example.com");

        Assert.Equal(("EMAIL_ADDRESS", true), ((string)created.Answer["IdentityType"]!, (bool)created.Answer["VerifiedForSendingStatus"]!));
        Assert.Equal(("SUCCESS", "1"), ((string)got.Answer["VerificationStatus"]!, (string)got.Answer["Tags"]![0]!["Value"]!));
        var page = (await cloud.SesAsync(HttpMethod.Get, Path + "?PageSize=1")).Answer;
        var rest = (await cloud.SesAsync(HttpMethod.Get, $"{Path}?NextToken={Uri.EscapeDataString((string)page["NextToken"]!)}")).Answer;
        Assert.Equal(["example.com", "hotel@example.com"], page["EmailIdentities"]!.AsArray().Concat(rest["EmailIdentities"]!.AsArray()).Select(identity => (string)identity!["IdentityName"]!));
        Assert.Equal("AlreadyExistsException", (await cloud.SesAsync(HttpMethod.Post, Path, """{"EmailIdentity":"example.com"}""")).Error);
        Assert.Equal(200, (await cloud.SesAsync(HttpMethod.Delete, Path + "/example.com")).Status);
        Assert.Equal((404, "NotFoundException"), await StatusAsync(cloud, HttpMethod.Get, Path + "/example.com"));
        Assert.Equal((404, "NotFoundException"), await StatusAsync(cloud, HttpMethod.Delete, Path + "/example.com"));
    }

    [Theory]
    [InlineData("""{"EmailIdentity":"a b"}""")]
    [InlineData("""{"EmailIdentity":""}""")]
    [InlineData("{}")]
    public async Task What_is_neither_address_nor_domain_is_no_identity(string body)
    {
        await using var cloud = await TestCloud.StartAsync();

        Assert.Equal("BadRequestException", (await cloud.SesAsync(HttpMethod.Post, Path, body)).Error);
    }

    [Fact]
    public async Task The_account_may_send_and_anything_else_is_honestly_not_there()
    {
        await using var cloud = await TestCloud.StartAsync();

        Assert.True((bool)(await cloud.SesAsync(HttpMethod.Get, "/v2/email/account")).Answer["SendingEnabled"]!);
        Assert.Equal((404, "NotFoundException"), await StatusAsync(cloud, HttpMethod.Get, "/v2/email/templates"));
    }

    private static async Task<(int, string?)> StatusAsync(TestCloud cloud, HttpMethod method, string path)
    {
        var (status, error, _) = await cloud.SesAsync(method, path);
        return (status, error);
    }
}
