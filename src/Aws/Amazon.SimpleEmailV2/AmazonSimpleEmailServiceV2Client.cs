using Amazon.Runtime;
using Amazon.SimpleEmailV2.Model;
using Aws.Http;

namespace Amazon.SimpleEmailV2;

/// <summary>
/// SES over one pool of connections that all clients share. Thread-safe; create one and keep it. Credentials that are not given come from the
/// environment, the container endpoint, or AWSSDK.Core's default chain, in that order.
/// </summary>
public class AmazonSimpleEmailServiceV2Client : IAmazonSimpleEmailServiceV2
{
    private readonly AmazonSimpleEmailServiceV2Config _config;
    private readonly ServiceConnection _connection;

    /// <summary>Credentials, region and endpoint from the environment.</summary>
    public AmazonSimpleEmailServiceV2Client()
        : this(new AmazonSimpleEmailServiceV2Config())
    {
    }

    /// <summary>Credentials from the environment.</summary>
    public AmazonSimpleEmailServiceV2Client(RegionEndpoint region)
        : this(new AmazonSimpleEmailServiceV2Config { RegionEndpoint = region })
    {
    }

    /// <summary>Credentials from the environment.</summary>
    public AmazonSimpleEmailServiceV2Client(AmazonSimpleEmailServiceV2Config config)
        : this(null, config, TimeProvider.System)
    {
    }

    /// <summary>Endpoint from the environment, or the region's.</summary>
    public AmazonSimpleEmailServiceV2Client(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonSimpleEmailServiceV2Config { RegionEndpoint = region })
    {
    }

    /// <summary>Nothing from the environment but what the configuration leaves open.</summary>
    public AmazonSimpleEmailServiceV2Client(AWSCredentials credentials, AmazonSimpleEmailServiceV2Config config)
        : this(credentials ?? throw new ArgumentNullException(nameof(credentials)), config, TimeProvider.System)
    {
    }

    internal AmazonSimpleEmailServiceV2Client(AWSCredentials? credentials, AmazonSimpleEmailServiceV2Config config, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(config);
        _config = config;
        _connection = new ServiceConnection(config, credentials, SesProtocol.Service, time);
    }

    /// <inheritdoc/>
    public IClientConfig Config => _config;

    /// <inheritdoc/>
    public Task<SendEmailResponse> SendEmailAsync(SendEmailRequest request, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(SesProtocol.SendEmail, request, cancellationToken);

    /// <summary>Ends the client; the connections stay for the others.</summary>
    public void Dispose()
    {
        _connection.Dispose();
        GC.SuppressFinalize(this);
    }
}
