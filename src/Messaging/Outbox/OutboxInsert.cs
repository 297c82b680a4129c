using Messaging.Diagnostics;
using Messaging.Publishing;
using Npgsql;
using NpgsqlTypes;

namespace Messaging.Outbox;

/// <summary>Writes messages into the outbox.</summary>
internal static class OutboxInsert
{
    // A lane with more rows than this is the relay's work already; to look further for the key would cost more the fuller the outbox is.
    private const int LongestLook = 100;

    /// <summary>
    /// A row is kept from the relays for the time of grace, unless an older one of its key waits: then the caller could only publish it out of order.
    /// One that is scheduled is the relay's.
    /// </summary>
    public static async Task<CommittedMessages> InsertAsync(
        NpgsqlTransaction transaction, IReadOnlyList<OutgoingMessage> messages, TimeSpan grace, long addedAt, CancellationToken cancellationToken)
    {
        var rows = messages.SelectMany((m, i) => m.Destinations.Select(d => (Message: m, Lane: OutboxLane.Of(d, m.Key), Ordinal: i))).ToArray();
        await using var command = new NpgsqlCommand(
            $"""
            insert into outbox (destination, lane, created, ordinal, message_id, message_key, message_type, body, available, attempts, attributes)
            select n.destination, n.lane, case when n.not_before > clock_timestamp() then n.not_before else clock_timestamp() end,
                   n.ordinal, n.message_id, n.message_key, n.message_type, n.body,
                   case when n.not_before > clock_timestamp() then n.not_before
                        when exists (select 1 from outbox_parked p where p.destination = n.destination and p.message_key = n.message_key)
                          or (select count(*) >= {LongestLook} or count(*) filter (where w.message_key = n.message_key) > 0
                              from (select o.message_key from outbox o where o.destination = n.destination and o.lane = n.lane and o.created <= {OutboxTable.Now}
                                    order by o.created, o.ordinal, o.message_id limit {LongestLook}) w)
                        then clock_timestamp() else clock_timestamp() + $8 end, 0, n.attributes
            from unnest($1, $2, $3, $4, $5, $6, $7, $9, $10) as n (destination, lane, ordinal, message_id, message_key, message_type, body, not_before, attributes)
            order by n.ordinal
            returning destination, ordinal, created, created > clock_timestamp(), available > clock_timestamp()
            """,
            transaction.Connection,
            transaction);
        command.AddValues(
            rows.Select(r => r.Lane.Destination).ToArray(),
            rows.Select(r => r.Lane.Number).ToArray(),
            rows.Select(r => r.Ordinal).ToArray(),
            rows.Select(r => r.Message.Id).ToArray(),
            rows.Select(r => r.Message.Key).ToArray(),
            rows.Select(r => r.Message.Type).ToArray(),
            rows.Select(r => r.Message.Body).ToArray(),
            grace,
            new NpgsqlParameter { Value = rows.Select(r => r.Message.NotBefore?.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            rows.Select(r => AttributesColumn.Write(r.Message.Attributes)).ToArray());

        FailPoint.Before(Step.Insert);
        var inserted = new Dictionary<(string Destination, int Ordinal), (DateTime Created, bool IsScheduled, bool IsHeld)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            inserted[(reader.GetString(0), reader.GetInt32(1))] = (reader.GetDateTime(2), reader.GetBoolean(3), reader.GetBoolean(4));

        FailPoint.After(Step.Insert);
        var own = new List<OutboxRow>(rows.Length);
        var behind = 0;
        foreach (var (message, lane, ordinal) in rows)
        {
            var (created, isScheduled, isHeld) = inserted[(lane.Destination, ordinal)];
            if (isScheduled)
                continue;
            if (isHeld)
                own.Add(new(lane, created, ordinal, message.ToOutbound(), Attempts: 0, IsAvailable: false));
            else
                behind++;
        }

        return new(own, behind, addedAt);
    }
}
