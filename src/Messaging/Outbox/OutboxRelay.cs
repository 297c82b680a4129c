using Messaging.Publishing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>
/// Publishes what waits in the outbox: what a crash, or a service that was away, left there, and what was scheduled. Any number of relays may run at
/// once; each destination is on its own, so that one that is away stalls no other.
/// </summary>
/// <param name="database">Where the outbox is.</param>
/// <param name="publish">Sends messages: <see cref="Publisher.PublishAsync(string, IReadOnlyList{Outbound}, CancellationToken)"/>.</param>
/// <param name="options">Limits.</param>
/// <param name="time">The clock for leases and patience; when a message is due, the database's own clock says.</param>
/// <param name="logger">Gets a line for each sweep that found something, and for each message that did not get out.</param>
public sealed class OutboxRelay(NpgsqlDataSource database, PublishMessages publish, OutboxOptions options, TimeProvider time, ILogger<OutboxRelay> logger)
{
    private readonly OutboxLevels _levels = new(database, logger);

    /// <summary>Publishes everything that is due, once.</summary>
    /// <param name="cancellationToken">
    /// Stops between pages; calls that are under way have two seconds to end. What is not published stays.
    /// </param>
    /// <returns>What it did.</returns>
    /// <exception cref="NpgsqlException">The database refused. What was published is marked, or comes again.</exception>
    public async Task<SweepResult> SweepAsync(CancellationToken cancellationToken)
    {
        var destinations = await DestinationsAsync(cancellationToken).ConfigureAwait(false);
        return SweepResult.Sum(await Task.WhenAll(destinations.Select(d => SweepAsync(d, cancellationToken))).ConfigureAwait(false));
    }

    /// <summary>Where messages wait for.</summary>
    internal Task<IReadOnlyList<string>> DestinationsAsync(CancellationToken cancellationToken) => OutboxTable.DestinationsAsync(database, cancellationToken);

    /// <summary>The same for one destination.</summary>
    internal async Task<SweepResult> SweepAsync(string destination, CancellationToken cancellationToken)
    {
        // Before as well: a sweep of a large backlog may be cut off, and that is when the level is asked for.
        await _levels.MeasureAsync(destination, cancellationToken).ConfigureAwait(false);
        var result = await new DestinationSweep(destination, database, publish, options, time, logger).RunAsync(cancellationToken).ConfigureAwait(false);
        if (result != default)
            logger.Swept(destination, result.Published, result.Waiting);
        await _levels.MeasureAsync(destination, cancellationToken).ConfigureAwait(false);
        return result;
    }
}
