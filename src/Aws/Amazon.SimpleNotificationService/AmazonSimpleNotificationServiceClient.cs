using Amazon.Runtime;
using Amazon.SimpleNotificationService.Model;
using Aws.Http;

namespace Amazon.SimpleNotificationService;

/// <summary>
/// SNS over one pool of connections that all clients share. Thread-safe; create one and keep it. Credentials that are not given come from the
/// environment, the container endpoint, or AWSSDK.Core's default chain, in that order.
/// </summary>
public class AmazonSimpleNotificationServiceClient : IAmazonSimpleNotificationService
{
    private readonly AmazonSimpleNotificationServiceConfig _config;
    private readonly ServiceConnection _connection;

    /// <summary>Credentials, region and endpoint from the environment.</summary>
    public AmazonSimpleNotificationServiceClient()
        : this(new AmazonSimpleNotificationServiceConfig())
    {
    }

    /// <summary>Credentials from the environment.</summary>
    public AmazonSimpleNotificationServiceClient(RegionEndpoint region)
        : this(new AmazonSimpleNotificationServiceConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Credentials from the environment.</summary>
    public AmazonSimpleNotificationServiceClient(AmazonSimpleNotificationServiceConfig config)
        : this(null, config, TimeProvider.System)
    {
    }

    /// <summary>Endpoint from the environment, or the region's.</summary>
    public AmazonSimpleNotificationServiceClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonSimpleNotificationServiceConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Nothing from the environment but what the configuration leaves open.</summary>
    public AmazonSimpleNotificationServiceClient(AWSCredentials credentials, AmazonSimpleNotificationServiceConfig config)
        : this(credentials ?? throw new ArgumentNullException(nameof(credentials)), config, TimeProvider.System)
    {
    }

    internal AmazonSimpleNotificationServiceClient(AWSCredentials? credentials, AmazonSimpleNotificationServiceConfig config, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(config);
        _config = config;
        _connection = new ServiceConnection(config, credentials, SnsProtocol.Service, time);
    }

    /// <inheritdoc/>
    public IClientConfig Config => _config;

    /// <inheritdoc/>
    public Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(SnsProtocol.Publish, request, cancellationToken);

    /// <inheritdoc/>
    public Task<PublishBatchResponse> PublishBatchAsync(PublishBatchRequest request, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(SnsProtocol.PublishBatch, request, cancellationToken);

    /// <summary>Ends the client; the connections stay for the others.</summary>
    public void Dispose()
    {
        _connection.Dispose();
        GC.SuppressFinalize(this);
    }
}
