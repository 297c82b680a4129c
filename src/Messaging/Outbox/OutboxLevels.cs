using Messaging.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>Measures how full the outbox is, by short looks into its key.</summary>
internal sealed class OutboxLevels(NpgsqlDataSource database, ILogger logger)
{
    private const int MostCounted = 10_000;
    /// <summary>Measures a destination, if anybody listens. A failure is told, and keeps nothing from being published.</summary>
    public async Task MeasureAsync(string destination, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested || (!OutboxMetrics.Waiting.Enabled && !OutboxMetrics.OldestAge.Enabled))
            return;
        try
        {
            var (waiting, age) = await LevelAsync(destination, cancellationToken).ConfigureAwait(false);
            OutboxMetrics.Waiting.Record(waiting, OutboxMetrics.Tag(destination));
            OutboxMetrics.OldestAge.Record(age.TotalSeconds, OutboxMetrics.Tag(destination));
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            logger.OutboxNotMeasured(e, destination);
        }
    }

    private async Task<(long Waiting, TimeSpan Age)> LevelAsync(string destination, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select (select count(*)
                    from (select 1 from unnest($2) as m (lane)
                          cross join lateral (select 1 from outbox w where w.destination = $1 and w.lane = m.lane and w.created <= {OutboxTable.Now} limit {MostCounted}) l
                          limit {MostCounted}) c),
                   (select clock_timestamp() - min(h.created)
                    from (select (select o.created from outbox o where o.destination = $1 and o.lane = n.lane order by o.created, o.ordinal, o.message_id limit 1) as created
                          from unnest($2) as n (lane)) h
                    where h.created <= clock_timestamp())
            """);
        command.AddValues(destination, Enumerable.Range(0, OutboxLane.Count).Select(i => (short)i).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (reader.GetInt64(0), reader.IsDBNull(1) ? TimeSpan.Zero : reader.GetTimeSpan(1));
    }
}
