using Amazon.Runtime;
using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService;

/// <summary>
/// The SNS operations that publish. Both throw <see cref="AmazonSimpleNotificationServiceException"/>, or what derives from it, when SNS refuses,
/// and <see cref="HttpRequestException"/> or <see cref="TimeoutException"/> when it cannot be reached after all attempts.
/// </summary>
public interface IAmazonSimpleNotificationService : IAmazonService, IDisposable
{
    /// <summary>Publishes one message.</summary>
    Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default);

    /// <summary>Publishes up to 10 messages, each for itself.</summary>
    Task<PublishBatchResponse> PublishBatchAsync(PublishBatchRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSimpleNotificationServiceConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonSimpleNotificationServiceClient(awsCredentials, (AmazonSimpleNotificationServiceConfig)clientConfig);
}
