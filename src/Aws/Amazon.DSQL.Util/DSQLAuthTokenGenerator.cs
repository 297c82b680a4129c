using Amazon.Runtime;
using Aws.Credentials;
using Aws.Http;
using Aws.Signing;

namespace Amazon.DSQL.Util;

/// <summary>
/// Makes the passwords of Aurora DSQL. They are signed on this machine, without a call, and good for starting a connection within 15 minutes;
/// a connection that is open stays open. Region and credentials that are not given come from the environment.
/// </summary>
public static class DSQLAuthTokenGenerator
{
    private const int ExpirySeconds = 900;

    /// <summary>A token for a database role.</summary>
    public static string GenerateDbConnectAuthToken(string hostname) => GenerateDbConnectAuthToken(Region(), hostname);

    /// <summary>A token for a database role.</summary>
    public static string GenerateDbConnectAuthToken(RegionEndpoint region, string hostname) => Token("DbConnect", region, hostname);

    /// <summary>A token for a database role.</summary>
    public static string GenerateDbConnectAuthToken(AWSCredentials credentials, string hostname) => GenerateDbConnectAuthToken(credentials, Region(), hostname);

    /// <summary>A token for a database role.</summary>
    public static string GenerateDbConnectAuthToken(AWSCredentials credentials, RegionEndpoint region, string hostname)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return Token(credentials.GetCredentials(), region, hostname, "DbConnect", TimeProvider.System.GetUtcNow());
    }

    /// <summary>A token for a database role.</summary>
    public static async Task<string> GenerateDbConnectAuthTokenAsync(AWSCredentials credentials, RegionEndpoint region, string hostname)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return Token(await credentials.GetCredentialsAsync(), region, hostname, "DbConnect", TimeProvider.System.GetUtcNow());
    }

    /// <summary>A token for the role <c>admin</c>.</summary>
    public static string GenerateDbConnectAdminAuthToken(string hostname) => GenerateDbConnectAdminAuthToken(Region(), hostname);

    /// <summary>A token for the role <c>admin</c>.</summary>
    public static string GenerateDbConnectAdminAuthToken(RegionEndpoint region, string hostname) => Token("DbConnectAdmin", region, hostname);

    /// <summary>A token for the role <c>admin</c>.</summary>
    public static string GenerateDbConnectAdminAuthToken(AWSCredentials credentials, string hostname) => GenerateDbConnectAdminAuthToken(credentials, Region(), hostname);

    /// <summary>A token for the role <c>admin</c>.</summary>
    public static string GenerateDbConnectAdminAuthToken(AWSCredentials credentials, RegionEndpoint region, string hostname)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return Token(credentials.GetCredentials(), region, hostname, "DbConnectAdmin", TimeProvider.System.GetUtcNow());
    }

    /// <summary>A token for the role <c>admin</c>.</summary>
    public static async Task<string> GenerateDbConnectAdminAuthTokenAsync(AWSCredentials credentials, RegionEndpoint region, string hostname)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return Token(await credentials.GetCredentialsAsync(), region, hostname, "DbConnectAdmin", TimeProvider.System.GetUtcNow());
    }

    internal static string Token(ImmutableCredentials credentials, RegionEndpoint region, string hostname, string action, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(region);
        ArgumentException.ThrowIfNullOrWhiteSpace(hostname);
        var host = hostname.Trim();
        var time = SigV4.FormatTime(now);
        var key = SigV4Key.Derive(credentials.AccessKey, credentials.SecretKey, time[..8], region.SystemName, "dsql");
        var query = SigV4.PresignedQuery(
            key, time, ExpirySeconds, credentials.Token, "GET", "/", "Action=" + action, [new("host", host)], SigV4.EmptyPayloadHash);
        return $"{host}/?{query}";
    }

    private static RegionEndpoint Region() => ServiceEndpoint.RegionFromEnvironment() is { } region
        ? RegionEndpoint.GetBySystemName(region)
        : FallbackRegionFactory.GetRegionEndpoint();

    private static string Token(string action, RegionEndpoint region, string hostname) => Token(CredentialSource.Current(), region, hostname, action, TimeProvider.System.GetUtcNow());
}
