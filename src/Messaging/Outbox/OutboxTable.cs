using Messaging.Parking;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>The statements on the outbox, in the common part of PostgreSQL and Aurora DSQL.</summary>
internal static class OutboxTable
{
    /// <summary>
    /// The time, asked for once a statement. A bare <c>clock_timestamp()</c> is asked for each row, so no index can be bounded by it: scheduled rows, of
    /// which there may be millions, would all be read.
    /// </summary>
    public const string Now = "(select clock_timestamp())";

    // Rows of more closed keys are read, and left.
    private const int MostClosedKeys = 1_000;

    // Whoever marks must hold the lane. The statement stands behind a renewal of the lease in its transaction, which keeps others from taking it.
    private const string Held = "exists (select 1 from outbox_lease l where l.destination = $1 and l.lane = $2 and l.token = $3)";

    /// <summary>Destinations that have rows, by one short look into the key for each.</summary>
    public static async Task<IReadOnlyList<string>> DestinationsAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var destinations = new List<string>();
        await using var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlCommand("select destination from outbox where destination > $1 order by destination limit 1", connection);
        var last = new NpgsqlParameter<string> { TypedValue = "" };
        command.Parameters.Add(last);
        while (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is string next)
        {
            destinations.Add(next);
            last.TypedValue = next;
        }

        return destinations;
    }

    /// <summary>A destination's lanes with something to publish.</summary>
    public static async Task<IReadOnlyList<OutboxLane>> DueLanesAsync(NpgsqlDataSource database, string destination, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select n.lane from unnest($2) as n (lane)
            where exists (select 1 from outbox o where o.destination = $1 and o.lane = n.lane and o.created <= {Now} and o.available <= {Now})
            """);
        command.AddValues(destination, Enumerable.Range(0, OutboxLane.Count).Select(i => (short)i).ToArray());
        var lanes = new List<OutboxLane>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            lanes.Add(new(destination, reader.GetInt16(0)));
        return lanes;
    }

    /// <summary>The first rows of a lane.</summary>
    public static async Task<LaneRows> FirstPageAsync(NpgsqlDataSource database, OutboxLane lane, int size, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Page(lane, null, [], size));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await LaneRows.ReadAsync(reader, lane, size, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The rows of a lane behind a place, in the order they must leave, but for those with a dead letter of their key before them; none is looked for where the
    /// destination has none. Besides, how often
    /// dead letters of the lane were replayed or discarded: where that grows, there may be rows before the place that must leave first.
    /// </summary>
    public static NpgsqlBatchCommand Page(OutboxLane lane, OutboxRow? after, IReadOnlyCollection<string> closed, int size) => new NpgsqlBatchCommand(
        $"""
        select created, ordinal, message_id, message_type, message_key, body, attempts, available <= {Now},
               coalesce((select l.changes from outbox_lane l where l.destination = $1 and l.lane = $2), 0), attributes
        from outbox o
        where destination = $1 and lane = $2 and (created, ordinal, message_id) > ($3, $4, $5) and created <= {Now}
          and (not exists (select 1 from outbox_parked p where p.destination = $1)
               or not exists (select 1 from outbox_parked p where p.destination = o.destination and p.message_key = o.message_key
                                and (p.created is null or (p.created, p.ordinal, p.message_id) < (o.created, o.ordinal, o.message_id))))
          and message_key <> all ($6)
        order by created, ordinal, message_id
        limit $7
        """).WithValues(
            lane.Destination, lane.Number, after?.Created ?? DateTime.UnixEpoch, after?.Ordinal ?? 0, after?.Message.Id ?? "", closed.Take(MostClosedKeys).ToArray(), size);

    /// <summary>Takes the lease anew, from now on. No row where somebody else has it.</summary>
    public static NpgsqlBatchCommand Renewal(OutboxLane lane, long token, TimeSpan length) =>
        new NpgsqlBatchCommand("update outbox_lease set held_until = clock_timestamp() + $4 where destination = $1 and lane = $2 and token = $3")
            .WithValues(lane.Destination, lane.Number, token, length);

    /// <summary>
    /// Forgets rows of a lane that are out, by the range of the key they lie in: to look for each of them by itself takes several times as long. What was
    /// committed in between since they were read has another id, and stays. The ids are looked up in a hash (<c>is true</c> keeps the planner from joining
    /// them, and from estimating each of them, as it would with <c>any</c>).
    /// </summary>
    public static NpgsqlBatchCommand Deletion(OutboxLane lane, long token, IReadOnlyList<OutboxRow> rows) => new NpgsqlBatchCommand(
        $"""
        delete from outbox where destination = $1 and lane = $2 and created >= $4 and created <= $5 and (message_id in (select n.id from unnest($6) as n (id))) is true and {Held}
        """).WithValues(lane.Destination, lane.Number, token, rows[0].Created, rows[^1].Created, rows.Select(r => r.Message.Id).ToArray());

    /// <summary>Counts a failed try of each row, and lets it wait for the next.</summary>
    public static NpgsqlBatchCommand Postponement(OutboxLane lane, long token, IReadOnlyList<(OutboxRow Row, TimeSpan Delay, string Reason)> postponed) => new NpgsqlBatchCommand(
        $"""
        update outbox o set attempts = o.attempts + 1, available = clock_timestamp() + n.delay
        from unnest($4, $5, $6, $7) as n (created, ordinal, message_id, delay)
        where o.destination = $1 and o.lane = $2 and o.created = n.created and o.ordinal = n.ordinal and o.message_id = n.message_id and {Held}
        """).WithValues([lane.Destination, lane.Number, token, .. Places([.. postponed.Select(p => p.Row)]), postponed.Select(p => p.Delay).ToArray()]);

    /// <summary>Forgets rows that their own writer has published, whatever their lanes.</summary>
    public static async Task DeleteAsync(NpgsqlDataSource database, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        await using var command = database.CreateCommand(
            """
            delete from outbox o using unnest($1, $2, $3, $4, $5) as n (destination, lane, created, ordinal, message_id)
            where o.destination = n.destination and o.lane = n.lane and o.created = n.created and o.ordinal = n.ordinal and o.message_id = n.message_id
            """);
        command.AddValues([rows.Select(r => r.Lane.Destination).ToArray(), rows.Select(r => r.Lane.Number).ToArray(), .. Places(rows)]);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Out of the outbox and into the parked messages, in one transaction, in which nobody else can take the lane.</summary>
    /// <returns>False where somebody else has the lane by now: then nothing was done.</returns>
    public static Task<bool> ParkAsync(NpgsqlDataSource database, OutboxRow row, string reason, long token, CancellationToken cancellationToken) => GroupTransaction.RunAsync(
        database,
        async transaction =>
        {
            await using var hold = new NpgsqlCommand(
                "update outbox_lease set held_until = held_until where destination = $1 and lane = $2 and token = $3", transaction.Connection, transaction);
            hold.AddValues(row.Lane.Destination, row.Lane.Number, token);
            if (await hold.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 0)
                return false;
            await LaneChanges.ParkAsync(transaction, row, reason, cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private static object[] Places(IReadOnlyList<OutboxRow> rows) =>
        [rows.Select(r => r.Created).ToArray(), rows.Select(r => r.Ordinal).ToArray(), rows.Select(r => r.Message.Id).ToArray()];
}
