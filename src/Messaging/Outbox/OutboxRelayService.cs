using Messaging.Consuming;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Messaging.Outbox;

/// <summary>
/// Sweeps the outbox again and again in a generic host: for containers and machines of one's own, instead of the function on a schedule or beside it.
/// When the host stops, it begins no page more, and calls that are under way have two seconds to end.
/// </summary>
/// <param name="relay">Sweeps.</param>
/// <param name="options">How often, and what else.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets a line when a sweep or a chore fails; it is tried again.</param>
public sealed class OutboxRelayService(OutboxRelay relay, OutboxRelayServiceOptions options, TimeProvider time, ILogger<OutboxRelayService> logger) : BackgroundService
{
    private const int MostDoublings = 6;
    private readonly OutboxRelayServiceOptions _options = options;

    /// <summary>Falls when the host begins to stop: its services are stopped one after the other, and this one need not wait for its turn.</summary>
    internal CancellationToken HostStopping { get; init; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, HostStopping);
        await Task.WhenAll([SweepAsync(stopping.Token), .. _options.Chores.Select(chore => RepeatAsync(chore, stopping.Token))]).ConfigureAwait(false);
    }

    // Each destination by itself: one that is slow, or has much, keeps no other from being looked at.
    private async Task SweepAsync(CancellationToken stopping)
    {
        var sweeps = new Dictionary<string, Task>(StringComparer.Ordinal);
        await RetryAsync(
            async () =>
            {
                foreach (var destination in await relay.DestinationsAsync(stopping).ConfigureAwait(false))
                {
                    if (!sweeps.ContainsKey(destination))
                        sweeps.Add(destination, RetryAsync(() => SweepAsync(destination, stopping), stopping));
                }

                return _options.Interval;
            },
            stopping).ConfigureAwait(false);
        await Task.WhenAll(sweeps.Values).ConfigureAwait(false);
    }

    // What was published may have had more behind it by now.
    private async Task<TimeSpan> SweepAsync(string destination, CancellationToken stopping) =>
        (await relay.SweepAsync(destination, stopping).ConfigureAwait(false)).Published > 0 ? TimeSpan.Zero : _options.Interval;

    // Again and again, after the pause that the work asks for; after failures in a row, longer ones.
    private async Task RetryAsync(Func<Task<TimeSpan>> work, CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                pause = await work().ConfigureAwait(false);
                failures = 0;
            }
#pragma warning disable CA1031 // Whatever it is, the outbox is there still, and so is the host. While it stops, it is of no interest.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (stopping.IsCancellationRequested)
                    return;
                pause = _options.Interval + Backoff.Next(Math.Min(++failures, MostDoublings), _options.Interval);
                logger.SweepFailed(e, failures, pause);
            }

            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> chore, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await chore(stopping).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The others go on, and so does this one at its next time.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (stopping.IsCancellationRequested)
                    return;
                logger.ChoreFailed(e, _options.ChoreInterval);
            }

            await Task.Delay(_options.ChoreInterval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
