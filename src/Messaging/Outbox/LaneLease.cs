using Messaging.Inbox;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>
/// The right to publish a lane's messages, for a time. Its token is higher than that of every holder before it, and whatever is marked is marked
/// only while the token is the lane's: who was thought dead and comes back changes nothing.
/// </summary>
internal sealed class LaneLease
{
    private readonly NpgsqlDataSource _database;
    private readonly OutboxLane _lane;
    private readonly long _token;
    private readonly TimeSpan _length;
    private readonly TimeProvider _time;
    private long _since;

    private LaneLease(NpgsqlDataSource database, OutboxLane lane, long token, TimeSpan length, TimeProvider time, long since)
    {
        (_database, _lane, _token, _length, _time, _since) = (database, lane, token, length, time, since);
    }

    /// <summary>
    /// How long may still be published: half of the lease, by this process's clock from before it asked. So nothing of it is on its way any more when
    /// somebody else can take the lane.
    /// </summary>
    public TimeSpan Left => (_length / 2) - _time.GetElapsedTime(_since) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>Null where somebody else holds the lane, or it rests.</summary>
    public static Task<LaneLease?> TryAcquireAsync(NpgsqlDataSource database, OutboxLane lane, TimeSpan length, TimeProvider time, CancellationToken cancellationToken) =>
        Conflict.RetryAsync<LaneLease?>(
            async ct =>
            {
                var since = time.GetTimestamp();
                await using var command = database.CreateCommand(
                    """
                    insert into outbox_lease (destination, lane, token, held_until) values ($1, $2, 1, clock_timestamp() + $3)
                    on conflict (destination, lane) do update set token = outbox_lease.token + 1, held_until = clock_timestamp() + $3
                    where outbox_lease.held_until <= clock_timestamp()
                    returning token
                    """);
                command.AddValues(lane.Destination, lane.Number, length);
                return await command.ExecuteScalarAsync(ct).ConfigureAwait(false) is long token ? new(database, lane, token, length, time, since) : null;
            },
            cancellationToken);

    /// <summary>
    /// Marks what became of a page, takes the lease anew and reads the page behind it: one transaction and one round trip. Null where somebody
    /// else has the lane by now: then nothing was marked, and the inbox absorbs what both published.
    /// </summary>
    /// <param name="page">What became of it.</param>
    /// <param name="after">The last row of the page.</param>
    /// <param name="closed">Keys whose rows are left out.</param>
    /// <param name="size">Rows to read at most; 0 reads none.</param>
    /// <param name="cancellationToken">Cancels the transaction. What is out should not go out again: better wait.</param>
    public Task<LaneRows?> TurnAsync(LanePage page, OutboxRow after, IReadOnlyCollection<string> closed, int size, CancellationToken cancellationToken) =>
        Conflict.RetryAsync<LaneRows?>(
            async ct =>
            {
                var since = _time.GetTimestamp();
                await using var batch = _database.CreateBatch();
                var renewal = OutboxTable.Renewal(_lane, _token, _length);
                batch.BatchCommands.Add(renewal);
                if (page.Published.Count > 0)
                    batch.BatchCommands.Add(OutboxTable.Deletion(_lane, _token, page.Published));
                if (page.Postponed.Count > 0)
                    batch.BatchCommands.Add(OutboxTable.Postponement(_lane, _token, page.Postponed));
                if (size > 0)
                    batch.BatchCommands.Add(OutboxTable.Page(_lane, after, closed, size));
                await using var reader = await batch.ExecuteReaderAsync(ct).ConfigureAwait(false);
                var rows = size > 0 ? await LaneRows.ReadAsync(reader, _lane, size, ct).ConfigureAwait(false) : LaneRows.None;
                await reader.CloseAsync().ConfigureAwait(false);
                if (renewal.RecordsAffected != 1)
                    return null;
                _since = since;
                return rows;
            },
            cancellationToken);

    /// <summary>Moves a message to the parked ones. False where somebody else has the lane by now.</summary>
    public Task<bool> ParkAsync(OutboxRow row, string reason, CancellationToken cancellationToken) =>
        OutboxTable.ParkAsync(_database, row, reason, _token, cancellationToken);

    /// <summary>Gives the lane back. It rests for a time: nobody can take it before.</summary>
    public Task ReleaseAsync(TimeSpan rest, CancellationToken cancellationToken) => Conflict.RetryAsync(
        async ct =>
        {
            await using var batch = _database.CreateBatch();
            batch.BatchCommands.Add(OutboxTable.Renewal(_lane, _token, rest));
            return await batch.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        },
        cancellationToken);
}
