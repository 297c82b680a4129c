using Messaging.Consuming;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

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

    private async Task SweepAsync(CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            var pause = _options.Interval;
            try
            {
                // What was published may have had more behind it by now.
                if ((await relay.SweepAsync(stopping).ConfigureAwait(false)).Published > 0)
                    pause = TimeSpan.Zero;
                failures = 0;
            }
#pragma warning disable CA1031 // Whatever it is, the outbox is there still, and so is the host.
            catch (Exception e) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                pause = _options.Interval + Backoff.Next(Math.Min(++failures, MostDoublings), _options.Interval);
                logger.SweepFailed(e, failures, pause);
            }
            catch (Exception e) when (e is OperationCanceledException or NpgsqlException)
            {
                return;
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
            catch (Exception e) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.ChoreFailed(e, _options.ChoreInterval);
            }
            catch (Exception e) when (e is OperationCanceledException or NpgsqlException)
            {
                return;
            }

            await Task.Delay(_options.ChoreInterval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
