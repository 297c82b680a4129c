using Messaging.Publishing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>
/// Publishes what waits in the outbox: what a crash, or a service that was away, left there, and what was scheduled. Any number of relays may run at
/// once; each destination is on its own, so that one that is away stalls no other.
/// </summary>
/// <param name="database">Where the outbox is.</param>
/// <param name="publish">Sends messages: <see cref="Publisher.PublishAsync"/>.</param>
/// <param name="options">Limits.</param>
/// <param name="time">The clock for leases and patience; when a message is due, the database's own clock says.</param>
/// <param name="logger">Gets a line for each sweep that found something, and for each message that did not get out.</param>
public sealed class OutboxRelay(NpgsqlDataSource database, PublishMessages publish, OutboxOptions options, TimeProvider time, ILogger<OutboxRelay> logger)
{
    private readonly OutboxLevels _levels = new(database);

    /// <summary>Publishes everything that is due, once.</summary>
    /// <param name="cancellationToken">
    /// Stops between pages; calls that are under way have two seconds to end. What is not published stays.
    /// </param>
    /// <returns>What it did.</returns>
    /// <exception cref="NpgsqlException">The database refused. What was published is marked, or comes again.</exception>
    public async Task<SweepResult> SweepAsync(CancellationToken cancellationToken)
    {
        var destinations = await OutboxTable.DestinationsAsync(database, cancellationToken).ConfigureAwait(false);
        var sweeps = destinations.Select(d => new DestinationSweep(d, database, publish, options, time, logger).RunAsync(cancellationToken));
        var result = SweepResult.Sum(await Task.WhenAll(sweeps).ConfigureAwait(false));
        if (result != default)
            logger.Swept(result.Published, result.Waiting);
        if (!cancellationToken.IsCancellationRequested)
            await _levels.MeasureAsync(destinations, cancellationToken).ConfigureAwait(false);
        return result;
    }
}
