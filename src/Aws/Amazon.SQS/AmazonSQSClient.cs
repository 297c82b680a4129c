using Amazon.Runtime;
using Amazon.SQS.Model;
using Aws.Http;

namespace Amazon.SQS;

/// <summary>
/// SQS over one pool of connections that all clients share. Thread-safe; create one and keep it. Credentials that are not given come from the
/// environment, the container endpoint, or AWSSDK.Core's default chain, in that order.
/// </summary>
public class AmazonSQSClient : IAmazonSQS
{
    private readonly AmazonSQSConfig _config;
    private readonly ServiceConnection _connection;

    /// <summary>Credentials, region and endpoint from the environment.</summary>
    public AmazonSQSClient()
        : this(new AmazonSQSConfig())
    {
    }

    /// <summary>Credentials from the environment.</summary>
    public AmazonSQSClient(RegionEndpoint region)
        : this(new AmazonSQSConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Credentials from the environment.</summary>
    public AmazonSQSClient(AmazonSQSConfig config)
        : this(null, config, TimeProvider.System)
    {
    }

    /// <summary>Endpoint from the environment, or the region's.</summary>
    public AmazonSQSClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonSQSConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Nothing from the environment but what the configuration leaves open.</summary>
    public AmazonSQSClient(AWSCredentials credentials, AmazonSQSConfig config)
        : this(credentials ?? throw new ArgumentNullException(nameof(credentials)), config, TimeProvider.System)
    {
    }

    internal AmazonSQSClient(AWSCredentials? credentials, AmazonSQSConfig config, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(config);
        _config = config;
        _connection = new ServiceConnection(config, credentials, SqsProtocol.Service, time);
    }

    /// <inheritdoc/>
    public IClientConfig Config => _config;

    /// <inheritdoc/>
    public Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(SqsProtocol.SendMessage, request, cancellationToken);

    /// <inheritdoc/>
    public Task<SendMessageBatchResponse> SendMessageBatchAsync(SendMessageBatchRequest request, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(SqsBatches.SendMessageBatch, request, cancellationToken);

    /// <inheritdoc/>
    public Task<ReceiveMessageResponse> ReceiveMessageAsync(ReceiveMessageRequest request, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(SqsProtocol.ReceiveMessage, request, cancellationToken);

    /// <inheritdoc/>
    public Task<DeleteMessageResponse> DeleteMessageAsync(DeleteMessageRequest request, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(SqsProtocol.DeleteMessage, request, cancellationToken);

    /// <inheritdoc/>
    public Task<DeleteMessageBatchResponse> DeleteMessageBatchAsync(DeleteMessageBatchRequest request, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(SqsBatches.DeleteMessageBatch, request, cancellationToken);

    /// <inheritdoc/>
    public Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(
        ChangeMessageVisibilityRequest request,
        CancellationToken cancellationToken = default) =>
        _connection.SendAsync(SqsProtocol.ChangeMessageVisibility, request, cancellationToken);

    /// <inheritdoc/>
    public Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatchAsync(
        ChangeMessageVisibilityBatchRequest request,
        CancellationToken cancellationToken = default) =>
        _connection.SendAsync(SqsBatches.ChangeMessageVisibilityBatch, request, cancellationToken);

    /// <inheritdoc/>
    public Task<GetQueueUrlResponse> GetQueueUrlAsync(GetQueueUrlRequest request, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(SqsProtocol.GetQueueUrl, request, cancellationToken);

    /// <inheritdoc/>
    public Task<GetQueueAttributesResponse> GetQueueAttributesAsync(GetQueueAttributesRequest request, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(SqsProtocol.GetQueueAttributes, request, cancellationToken);

    /// <summary>Ends the client; the connections stay for the others.</summary>
    public void Dispose()
    {
        _connection.Dispose();
        GC.SuppressFinalize(this);
    }
}
