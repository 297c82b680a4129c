using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Aws.Http;

namespace Amazon.SQS;

/// <summary>
/// Settings of <see cref="AmazonSQSClient"/>. The endpoint is <c>ServiceURL</c>, else AWS_ENDPOINT_URL_SQS, else AWS_ENDPOINT_URL, else AWS's own.
/// FIPS and dual-stack endpoints are chosen by <c>ServiceURL</c>; <c>UseFIPSEndpoint</c> and <c>UseDualstackEndpoint</c> are not read.
/// </summary>
public class AmazonSQSConfig : ClientConfig
{
    /// <summary>The defaults: 3 attempts, 100 s for each, the region of the environment.</summary>
    public AmazonSQSConfig()
        : base(DefaultsProvider.Instance)
    {
        base.ServiceId = ServiceId;
        // The environment is read by us, and first; without this every client would look for profile files when it starts.
        IgnoreConfiguredEndpointUrls = true;
        if (ServiceEndpoint.RegionFromEnvironment() is { } region)
            RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        AuthenticationServiceName = "sqs";
    }

    /// <summary>The service's id in AWS's models.</summary>
    public static new string ServiceId => "SQS";

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "sqs";

    /// <inheritdoc/>
    public override string ServiceVersion => "2012-11-05";

    /// <inheritdoc/>
    public override string UserAgent => ServiceConnection.UserAgent;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        new(ServiceEndpoint.Resolve(this, "SQS").Address.OriginalString);
}
