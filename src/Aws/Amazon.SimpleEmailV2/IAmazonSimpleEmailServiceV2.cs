using Amazon.Runtime;
using Amazon.SimpleEmailV2.Model;

namespace Amazon.SimpleEmailV2;

/// <summary>
/// The SES operation that sends. It throws <see cref="AmazonSimpleEmailServiceV2Exception"/>, or what derives from it, when SES refuses,
/// and <see cref="HttpRequestException"/> or <see cref="TimeoutException"/> when it cannot be reached after all attempts.
/// </summary>
public interface IAmazonSimpleEmailServiceV2 : IAmazonService, IDisposable
{
    /// <summary>Sends one mail.</summary>
    Task<SendEmailResponse> SendEmailAsync(SendEmailRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSimpleEmailServiceV2Config();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonSimpleEmailServiceV2Client(awsCredentials, (AmazonSimpleEmailServiceV2Config)clientConfig);
}
