using Amazon.Runtime;
using Amazon.SQS.Model;

namespace Amazon.SQS;

/// <summary>
/// The SQS operations that work with messages. Every one throws <see cref="AmazonSQSException"/>, or what derives from it, when SQS refuses,
/// and <see cref="HttpRequestException"/> or <see cref="TimeoutException"/> when it cannot be reached after all attempts.
/// </summary>
public interface IAmazonSQS : IAmazonService, IDisposable
{
    /// <summary>Sends one message.</summary>
    Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default);

    /// <summary>Sends up to 10 messages, each for itself.</summary>
    Task<SendMessageBatchResponse> SendMessageBatchAsync(SendMessageBatchRequest request, CancellationToken cancellationToken = default);

    /// <summary>Receives up to 10 messages, waiting up to 20 s for them.</summary>
    Task<ReceiveMessageResponse> ReceiveMessageAsync(ReceiveMessageRequest request, CancellationToken cancellationToken = default);

    /// <summary>Acknowledges a message.</summary>
    Task<DeleteMessageResponse> DeleteMessageAsync(DeleteMessageRequest request, CancellationToken cancellationToken = default);

    /// <summary>Acknowledges up to 10 messages, each for itself.</summary>
    Task<DeleteMessageBatchResponse> DeleteMessageBatchAsync(DeleteMessageBatchRequest request, CancellationToken cancellationToken = default);

    /// <summary>Sets how long a message stays invisible from now on.</summary>
    Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(ChangeMessageVisibilityRequest request, CancellationToken cancellationToken = default);

    /// <summary>Sets how long up to 10 messages stay invisible from now on, each for itself.</summary>
    Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatchAsync(
        ChangeMessageVisibilityBatchRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Finds a queue's URL by its name.</summary>
    Task<GetQueueUrlResponse> GetQueueUrlAsync(GetQueueUrlRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads attributes of a queue.</summary>
    Task<GetQueueAttributesResponse> GetQueueAttributesAsync(GetQueueAttributesRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSQSConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonSQSClient(awsCredentials, (AmazonSQSConfig)clientConfig);
}
