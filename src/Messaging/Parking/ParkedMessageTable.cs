using System.Text;
using Messaging.Consuming;
using Npgsql;

namespace Messaging.Parking;

/// <summary>The statements on the messages of parked groups.</summary>
internal static class ParkedMessageTable
{
    private const string Columns = "m.position, m.message_id, m.sent_at, m.body, m.attributes";

    public static async Task InsertAsync(NpgsqlTransaction transaction, GroupKey key, long position, Delivery delivery, CancellationToken cancellationToken)
    {
        await using var command = key.Command(
            transaction,
            """
            insert into parked_message (consumer, group_id, position, message_id, sent_at, attributes, body) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (consumer, group_id, message_id) do nothing
            """,
            position,
            delivery.MessageId,
            new NpgsqlParameter { Value = (object?)delivery.SentAt?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz },
            AttributesJson.Write(delivery.Attributes),
            Encoding.UTF8.GetString(delivery.Body.Span));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>False where it is gone. Places begin anew when a group is parked again: another message may have its place by now.</summary>
    public static async Task<bool> DeleteAsync(NpgsqlTransaction transaction, GroupKey key, ParkedPlace place, CancellationToken cancellationToken)
    {
        await using var command = key.Command(
            transaction, "delete from parked_message where consumer = $1 and group_id = $2 and position = $3 and message_id = $4", place.Position, place.MessageId);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>The place of the message that is to be replayed first; null where none waits.</summary>
    public static async Task<long?> HeadAsync(NpgsqlTransaction transaction, GroupKey key, CancellationToken cancellationToken)
    {
        await using var command = key.Command(transaction, "select min(position) from parked_message where consumer = $1 and group_id = $2");
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as long?;
    }

    /// <summary>The message whose turn it is; null where the group is not released, or another one comes first, or it is gone.</summary>
    public static async Task<ParkedMessage?> DueAsync(NpgsqlDataSource database, GroupKey key, long position, CancellationToken cancellationToken)
    {
        await using var command = key.Command(
            database,
            $"""
            select {Columns} from parked_group g join parked_message m on m.consumer = g.consumer and m.group_id = g.group_id
            where g.consumer = $1 and g.group_id = $2 and g.released and m.position = $3
              and not exists (select 1 from parked_message h where h.consumer = $1 and h.group_id = $2 and h.position < $3)
            """,
            position);
        return await ReadAsync(command, cancellationToken).ConfigureAwait(false) is [var due] ? due : null;
    }

    public static async Task<IReadOnlyList<ParkedMessage>> PageAsync(NpgsqlDataSource database, GroupKey key, long after, int limit, CancellationToken cancellationToken)
    {
        await using var command = key.Command(
            database,
            $"select {Columns} from parked_message m where consumer = $1 and group_id = $2 and position > $3 order by position limit $4",
            after,
            limit);
        return await ReadAsync(command, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<ParkedMessage>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var messages = new List<ParkedMessage>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            DateTimeOffset? sentAt = await reader.IsDBNullAsync(2, cancellationToken).ConfigureAwait(false) ? null : reader.GetDateTime(2);
            messages.Add(new(reader.GetInt64(0), reader.GetString(1), sentAt, reader.GetString(3)) { Attributes = AttributesJson.Read(reader.GetString(4)) });
        }

        return messages;
    }
}
