using Amazon.SQS;
using Messaging.Consuming;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Messaging.Polling;

/// <summary>Adds workers to a host.</summary>
public static class SqsWorkerServices
{
    /// <summary>
    /// Adds a worker for a queue; once for each queue, as many as the process shall serve. An <see cref="IAmazonSQS"/> or a <see cref="TimeProvider"/>
    /// that the host has is used.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The queue and the limits.</param>
    /// <param name="consumer">Makes the consumer of the queue's messages, once.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSqsWorker(this IServiceCollection services, SqsWorkerOptions options, Func<IServiceProvider, Consumer> consumer)
    {
        services.TryAddSingleton<IAmazonSQS>(_ => new AmazonSQSClient());

        // Not AddHostedService, which takes one worker a host.
        return services.AddSingleton<IHostedService>(provider => new SqsWorker(
            provider.GetRequiredService<IAmazonSQS>(),
            consumer(provider),
            options,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<ILogger<SqsWorker>>())
        {
            HostStopping = provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping,
        });
    }
}
