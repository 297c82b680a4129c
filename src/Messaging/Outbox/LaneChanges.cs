using Messaging.Publishing;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>The statements by which a message leaves a lane for the dead letters and comes back, in the common part of PostgreSQL and Aurora DSQL.</summary>
internal static class LaneChanges
{
    /// <summary>Out of the outbox and into the dead letters. Whoever deletes the row parks it.</summary>
    public static async Task ParkAsync(NpgsqlTransaction transaction, OutboxRow row, string reason, CancellationToken cancellationToken)
    {
        await using (var delete = new NpgsqlCommand(
            "delete from outbox where destination = $1 and lane = $2 and created = $3 and ordinal = $4 and message_id = $5", transaction.Connection, transaction))
        {
            delete.AddValues(row.Lane.Destination, row.Lane.Number, row.Created, row.Ordinal, row.Message.Id);
            if (await delete.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 0)
                return;
        }

        var signature = Signature.OfRelay(reason);
        await using var insert = new NpgsqlCommand(
            """
            insert into outbox_parked (destination, created, ordinal, message_id, message_key, message_type, body, attempts, reason, parked, edits, attributes)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp(), 0, $10)
            on conflict (destination, message_key, message_id) do nothing
            """,
            transaction.Connection,
            transaction);
        insert.AddValues(
            row.Lane.Destination,
            row.Created,
            row.Ordinal,
            row.Message.Id,
            row.Message.Key,
            row.Message.Type,
            row.Message.Body,
            row.Attempts + 1,
            signature.Note!,
            AttributesColumn.Write(row.Message.Attributes) ?? (object)DBNull.Value);
        var isNew = await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
        await AuditTable.WriteAsync(
            transaction,
            isNew ? OutboxAct.Parked : OutboxAct.Discarded,
            isNew ? signature : Signature.OfRelay("A message with this id is parked already."),
            [AuditedMessage.Of(row.Lane.Destination, row.Message)],
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Back to their places, as if they had never been tried. One whose place nobody knows comes before all that wait behind it: they have waited
    /// since it was parked.
    /// </summary>
    public static async Task PutBackAsync(NpgsqlTransaction transaction, IReadOnlyList<TakenLetter> letters, CancellationToken cancellationToken)
    {
        await using var insert = new NpgsqlCommand(
            """
            insert into outbox (destination, lane, created, ordinal, message_id, message_key, message_type, body, available, attempts, attributes)
            select n.destination, n.lane,
                   coalesce(n.created, least(n.parked, (select min(o.created) from outbox o
                                                        where o.destination = n.destination and o.lane = n.lane and o.message_key = n.message_key)
                                                       - interval '1 microsecond')),
                   n.ordinal, n.message_id, n.message_key, n.message_type, n.body, clock_timestamp(), 0, n.attributes
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
              as n (destination, lane, created, ordinal, message_id, message_key, message_type, body, parked, attributes)
            """,
            transaction.Connection,
            transaction);
        insert.AddValues(
            letters.Select(l => l.Lane.Destination).ToArray(),
            letters.Select(l => l.Lane.Number).ToArray(),
            letters.Select(l => l.Created).ToArray(),
            letters.Select(l => l.Ordinal).ToArray(),
            letters.Select(l => l.Message.Id).ToArray(),
            letters.Select(l => l.Message.Key).ToArray(),
            letters.Select(l => l.Message.Type).ToArray(),
            letters.Select(l => l.Message.Body).ToArray(),
            letters.Select(l => l.Parked).ToArray(),
            letters.Select(l => AttributesColumn.Write(l.Message.Attributes)).ToArray());
        await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells a relay that is amid these lanes to begin them anew: what it has passed may have become the first of its key.</summary>
    public static async Task CountAsync(NpgsqlTransaction transaction, IReadOnlyList<TakenLetter> letters, CancellationToken cancellationToken)
    {
        var lanes = letters.Select(l => l.Lane).Distinct().OrderBy(l => l.Destination, StringComparer.Ordinal).ThenBy(l => l.Number).ToArray();
        await using var count = new NpgsqlCommand(
            """
            insert into outbox_lane (destination, lane, changes) select n.destination, n.lane, 1 from unnest($1, $2) as n (destination, lane)
            on conflict (destination, lane) do update set changes = outbox_lane.changes + 1
            """,
            transaction.Connection,
            transaction);
        count.AddValues(lanes.Select(l => l.Destination).ToArray(), lanes.Select(l => l.Number).ToArray());
        await count.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
