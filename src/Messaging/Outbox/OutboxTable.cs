using Messaging.Publishing;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>The statements on the outbox, in the common part of PostgreSQL and Aurora DSQL.</summary>
internal static class OutboxTable
{
    /// <summary>
    /// A row is kept from the relays for the time of grace, unless an older one of its key waits: then the caller could only publish it out of order.
    /// </summary>
    public static async Task<IReadOnlyList<OutboxRow>> InsertAsync(
        NpgsqlTransaction transaction, IReadOnlyList<OutgoingMessage> messages, TimeSpan grace, CancellationToken cancellationToken)
    {
        var rows = messages.SelectMany((m, i) => m.Destinations.Select(d => (Message: m, Destination: d, Lane: OutboxRow.LaneOf(m.Key), Ordinal: i))).ToArray();
        await using var command = new NpgsqlCommand(
            """
            insert into outbox (destination, lane, created, ordinal, message_id, message_key, message_type, body, available, attempts)
            select n.destination, n.lane, clock_timestamp(), n.ordinal, n.message_id, n.message_key, n.message_type, n.body,
                   case when exists (select 1 from outbox o where o.destination = n.destination and o.lane = n.lane and o.message_key = n.message_key)
                          or exists (select 1 from outbox_parked p where p.destination = n.destination and p.message_key = n.message_key)
                        then clock_timestamp() else clock_timestamp() + $8 end, 0
            from unnest($1, $2, $3, $4, $5, $6, $7) as n (destination, lane, ordinal, message_id, message_key, message_type, body)
            order by n.ordinal
            returning destination, message_id, created, available <= clock_timestamp()
            """,
            transaction.Connection,
            transaction);
        command.AddValues(
            rows.Select(r => r.Destination).ToArray(),
            rows.Select(r => r.Lane).ToArray(),
            rows.Select(r => r.Ordinal).ToArray(),
            rows.Select(r => r.Message.Id).ToArray(),
            rows.Select(r => r.Message.Key).ToArray(),
            rows.Select(r => r.Message.Type).ToArray(),
            rows.Select(r => r.Message.Body).ToArray(),
            grace);

        var inserted = new Dictionary<(string Destination, string Id), (DateTime Created, bool IsAvailable)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            inserted[(reader.GetString(0), reader.GetString(1))] = (reader.GetDateTime(2), reader.GetBoolean(3));

        return [.. rows.Select(r =>
        {
            var (created, isAvailable) = inserted[(r.Destination, r.Message.Id)];
            return new OutboxRow(r.Destination, r.Lane, created, r.Ordinal, new(r.Message.Id, r.Message.Type, r.Message.Key, r.Message.Body), 0, isAvailable);
        })];
    }

    public static async Task DeleteAsync(NpgsqlDataSource database, IReadOnlyCollection<OutboxRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        await using var command = database.CreateCommand(
            """
            delete from outbox where (destination, lane, created, ordinal, message_id) in (select * from unnest($1, $2, $3, $4, $5))
            """);
        command.AddValues(
            rows.Select(r => r.Destination).ToArray(),
            rows.Select(r => r.Lane).ToArray(),
            rows.Select(r => r.Created).ToArray(),
            rows.Select(r => r.Ordinal).ToArray(),
            rows.Select(r => r.Message.Id).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async Task<IReadOnlyList<(string Destination, short Lane)>> DueLanesAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select distinct destination, lane from outbox where available <= clock_timestamp() order by destination, lane");
        var lanes = new List<(string, short)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            lanes.Add((reader.GetString(0), reader.GetInt16(1)));
        return lanes;
    }

    /// <summary>The rows of a lane behind a place, in the order they must leave.</summary>
    public static async Task<IReadOnlyList<OutboxRow>> PageAsync(
        NpgsqlDataSource database, string destination, short lane, OutboxRow? after, int size, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select created, ordinal, message_id, message_type, message_key, body, attempts, available <= clock_timestamp()
            from outbox o
            where destination = $1 and lane = $2 and (created, ordinal, message_id) > ($3, $4, $5)
              and not exists (select 1 from outbox_parked p where p.destination = o.destination and p.message_key = o.message_key)
            order by created, ordinal, message_id
            limit $6
            """);
        command.AddValues(destination, lane, after?.Created ?? DateTime.UnixEpoch, after?.Ordinal ?? 0, after?.Message.Id ?? "", size);

        var rows = new List<OutboxRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var message = new Outbound(reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5));
            rows.Add(new(destination, lane, reader.GetDateTime(0), reader.GetInt32(1), message, reader.GetInt32(6), reader.GetBoolean(7)));
        }

        return rows;
    }

    public static async Task PostponeAsync(NpgsqlDataSource database, OutboxRow row, TimeSpan delay, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update outbox set attempts = attempts + 1, available = clock_timestamp() + $6
            where destination = $1 and lane = $2 and created = $3 and ordinal = $4 and message_id = $5
            """);
        AddKey(command, row);
        command.AddValues(delay);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Out of the outbox and into the parked messages, in one transaction.</summary>
    public static async Task ParkAsync(NpgsqlDataSource database, OutboxRow row, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (var insert = new NpgsqlCommand(
            """
            insert into outbox_parked (destination, message_id, message_key, message_type, body, attempts, reason, parked)
            select destination, message_id, message_key, message_type, body, attempts + 1, $6, clock_timestamp() from outbox
            where destination = $1 and lane = $2 and created = $3 and ordinal = $4 and message_id = $5
            on conflict (destination, message_key, message_id) do nothing
            """,
            connection,
            transaction))
        {
            AddKey(insert, row);
            insert.AddValues(reason);
            await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await using (var delete = new NpgsqlCommand(
            "delete from outbox where destination = $1 and lane = $2 and created = $3 and ordinal = $4 and message_id = $5", connection, transaction))
        {
            AddKey(delete, row);
            await delete.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void AddKey(NpgsqlCommand command, OutboxRow row) =>
        command.AddValues(row.Destination, row.Lane, row.Created, row.Ordinal, row.Message.Id);
}
