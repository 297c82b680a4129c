using Amazon;
using Amazon.DSQL.Util;
using Amazon.Runtime;

namespace Aws.Tests.Internals;

public class AuthTokenSignatureTests
{
    [Fact]
    public void A_token_has_the_signature_that_botocore_makes_at_the_same_time()
    {
        var token = DSQLAuthTokenGenerator.Token(
            new ImmutableCredentials("AKIDEXAMPLE", "secret", "to/ken"),
            RegionEndpoint.EUWest1,
            "abc.dsql.eu-west-1.on.aws",
            "DbConnectAdmin",
            new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

        // botocore 1.x, generate_db_connect_admin_auth_token with the clock at this time.
        Assert.Equal(
            "abc.dsql.eu-west-1.on.aws/?Action=DbConnectAdmin&X-Amz-Algorithm=AWS4-HMAC-SHA256" +
            "&X-Amz-Credential=AKIDEXAMPLE%2F20261120%2Feu-west-1%2Fdsql%2Faws4_request&X-Amz-Date=20261120T120000Z&X-Amz-Expires=900" +
            "&X-Amz-Security-Token=to%2Fken&X-Amz-SignedHeaders=host" +
            "&X-Amz-Signature=76d9c6710f306de07db58e8f37e992e6c9089567133b130a51764b4300b9baac",
            token);
    }
}
