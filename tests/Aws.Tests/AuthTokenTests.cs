using Amazon;
using Amazon.DSQL.Util;
using Amazon.Runtime;
using Aws.Tests.Loopback;

namespace Aws.Tests;

public class AuthTokenTests
{
    private const string Host = "abc.dsql.eu-west-1.on.aws";
    private static readonly AWSCredentials _credentials = new SessionAWSCredentials("AKIDEXAMPLE", "secret", "to/ken");

    [Fact]
    public async Task A_token_is_a_presigned_request_for_the_cluster()
    {
        string[] tokens =
        [
            DSQLAuthTokenGenerator.GenerateDbConnectAuthToken(_credentials, RegionEndpoint.EUWest1, Host),
            await DSQLAuthTokenGenerator.GenerateDbConnectAuthTokenAsync(_credentials, RegionEndpoint.EUWest1, Host),
        ];

        Assert.All(tokens, token =>
        {
            Assert.StartsWith(Host + "/?", token, StringComparison.Ordinal);
            var parts = token[(Host.Length + 2)..].Split('&');
            Assert.Contains("Action=DbConnect", parts);
            Assert.Contains("X-Amz-Expires=900", parts);
            Assert.Contains("X-Amz-SignedHeaders=host", parts);
            Assert.Contains("X-Amz-Security-Token=to%2Fken", parts);
            Assert.Contains(parts, part => part.StartsWith("X-Amz-Credential=AKIDEXAMPLE%2F", StringComparison.Ordinal) &&
                part.EndsWith("%2Feu-west-1%2Fdsql%2Faws4_request", StringComparison.Ordinal));
            Assert.Contains(parts, part => part.StartsWith("X-Amz-Signature=", StringComparison.Ordinal) && part.Length == 16 + 64);
        });
    }

    [Fact]
    public async Task An_administrators_token_has_an_action_of_its_own()
    {
        Assert.Contains("Action=DbConnectAdmin&", DSQLAuthTokenGenerator.GenerateDbConnectAdminAuthToken(_credentials, RegionEndpoint.EUWest1, Host), StringComparison.Ordinal);
        Assert.Contains("Action=DbConnectAdmin&", await DSQLAuthTokenGenerator.GenerateDbConnectAdminAuthTokenAsync(_credentials, RegionEndpoint.EUWest1, Host), StringComparison.Ordinal);
    }

    [Fact]
    public void Region_and_credentials_come_from_the_environment()
    {
        using var environment = new EnvironmentScope(("AWS_REGION", "eu-central-1"), ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "secret"));

        Assert.Contains("%2Feu-central-1%2Fdsql%2F", DSQLAuthTokenGenerator.GenerateDbConnectAuthToken(Host), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_without_a_name_is_refused() =>
        Assert.Throws<ArgumentException>(() => DSQLAuthTokenGenerator.GenerateDbConnectAuthToken(_credentials, RegionEndpoint.EUWest1, " "));
}
