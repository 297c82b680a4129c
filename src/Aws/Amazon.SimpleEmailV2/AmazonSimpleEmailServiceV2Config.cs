using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Aws.Http;

namespace Amazon.SimpleEmailV2;

/// <summary>
/// Settings of <see cref="AmazonSimpleEmailServiceV2Client"/>. The endpoint is <c>ServiceURL</c>, else AWS_ENDPOINT_URL_SESV2, else AWS_ENDPOINT_URL, else AWS's own.
/// FIPS and dual-stack endpoints are chosen by <c>ServiceURL</c>; <c>UseFIPSEndpoint</c> and <c>UseDualstackEndpoint</c> are not read.
/// </summary>
public class AmazonSimpleEmailServiceV2Config : ClientConfig
{
    /// <summary>The defaults: 3 attempts, 100 s for each, the region of the environment.</summary>
    public AmazonSimpleEmailServiceV2Config()
        : base(DefaultsProvider.Instance)
    {
        base.ServiceId = ServiceId;
        // The environment is read by us, and first; without this every client would look for profile files when it starts.
        IgnoreConfiguredEndpointUrls = true;
        if (ServiceEndpoint.RegionFromEnvironment() is { } region)
            RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        AuthenticationServiceName = "ses";
    }

    /// <summary>The service's id in AWS's models.</summary>
    public static new string ServiceId => "SESv2";

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "email";

    /// <inheritdoc/>
    public override string ServiceVersion => "2019-09-27";

    /// <inheritdoc/>
    public override string UserAgent => ServiceConnection.UserAgent;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        new(ServiceEndpoint.Resolve(this, "SESV2").Address.OriginalString);
}
