using System.Collections.Concurrent;
using Messaging.Telemetry;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>Measures how full the outbox is, by short looks into its key. A destination that was seen once is told again when it is empty.</summary>
internal sealed class OutboxLevels(NpgsqlDataSource database)
{
    private const int MostCounted = 10_000;
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <summary>Measures each destination, if anybody listens.</summary>
    public async Task MeasureAsync(IReadOnlyList<string> destinations, CancellationToken cancellationToken)
    {
        if (!OutboxMetrics.Waiting.Enabled && !OutboxMetrics.OldestAge.Enabled)
            return;
        foreach (var destination in destinations)
            _seen.TryAdd(destination, true);
        foreach (var destination in _seen.Keys)
        {
            var (waiting, age) = await LevelAsync(destination, cancellationToken).ConfigureAwait(false);
            OutboxMetrics.Waiting.Record(waiting, OutboxMetrics.Tag(destination));
            OutboxMetrics.OldestAge.Record(age.TotalSeconds, OutboxMetrics.Tag(destination));
        }
    }

    private async Task<(long Waiting, TimeSpan Age)> LevelAsync(string destination, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select (select count(*) from (select 1 from outbox w where w.destination = $1 and w.created <= clock_timestamp() limit {MostCounted}) c),
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
