using System.Text;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;

namespace LocalCloud.Tests.Kms;

/// <summary>The SDK for .NET, unchanged.</summary>
public class OfficialClientTests
{
    [Fact]
    public async Task The_official_client_encrypts_an_envelope_and_understands_errors()
    {
        await using var cloud = await TestCloud.StartAsync();
        var ct = TestContext.Current.CancellationToken;
        using var kms = new AmazonKeyManagementServiceClient(
            new BasicAWSCredentials("test", "test"), new AmazonKeyManagementServiceConfig { ServiceURL = cloud.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });

        var key = (await kms.CreateKeyAsync(new CreateKeyRequest { Tags = [new Tag { TagKey = "a", TagValue = "1" }] }, ct)).KeyMetadata;
        await kms.CreateAliasAsync("alias/rooms", key.KeyId, ct);
        var dataKey = await kms.GenerateDataKeyAsync(
            new GenerateDataKeyRequest { KeyId = "alias/rooms", KeySpec = DataKeySpec.AES_256, EncryptionContext = new() { ["hotel"] = "1" } }, ct);
        var opened = await kms.DecryptAsync(new DecryptRequest { CiphertextBlob = dataKey.CiphertextBlob, EncryptionContext = new() { ["hotel"] = "1" } }, ct);

        Assert.Equal((key.Arn, KeyState.Enabled), (dataKey.KeyId, key.KeyState));
        Assert.Equal(cloud.Time.GetUtcNow().UtcDateTime, key.CreationDate!.Value.ToUniversalTime());
        Assert.Equal(dataKey.Plaintext.ToArray(), opened.Plaintext.ToArray());
        var garbage = new MemoryStream(Encoding.UTF8.GetBytes("garbage"));
        await Assert.ThrowsAsync<InvalidCiphertextException>(() => kms.DecryptAsync(new DecryptRequest { CiphertextBlob = garbage }, ct));
        await Assert.ThrowsAsync<NotFoundException>(() => kms.DescribeKeyAsync("alias/nobody", ct));
    }
}
