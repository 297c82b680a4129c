using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Messaging.Outbox;

/// <summary>Adds a relay to a host.</summary>
public static class OutboxRelayServices
{
    /// <summary>Adds a relay; a <see cref="TimeProvider"/> that the host has is used.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="relay">Makes the relay, once.</param>
    /// <param name="options">Makes the options, once; null is the defaults.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOutboxRelay(
        this IServiceCollection services, Func<IServiceProvider, OutboxRelay> relay, Func<IServiceProvider, OutboxRelayServiceOptions>? options = null) =>
        services.AddSingleton<IHostedService>(provider => new OutboxRelayService(
            relay(provider),
            options?.Invoke(provider) ?? new(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<ILogger<OutboxRelayService>>())
        {
            HostStopping = provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping,
        });
}
