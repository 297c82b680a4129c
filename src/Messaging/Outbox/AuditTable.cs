using Npgsql;

namespace Messaging.Outbox;

/// <summary>The statements on the audit of dead letters, in the common part of PostgreSQL and Aurora DSQL.</summary>
internal static class AuditTable
{
    /// <summary>Entries are written in the transaction of their act: there is no act without its entry, and no entry without its act.</summary>
    public static async Task WriteAsync(
        NpgsqlTransaction transaction,
        OutboxAct act,
        Signature signature,
        IReadOnlyList<AuditedMessage> messages,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into outbox_audit (destination, message_id, acted, audit_id, actor, act, message_key, message_type, note, sha256_before, sha256_after)
            select n.destination, n.message_id, clock_timestamp(), n.audit_id, $8, $9, n.message_key, n.message_type, $10, n.sha256_before, n.sha256_after
            from unnest($1, $2, $3, $4, $5, $6, $7)
                 as n (destination, message_id, audit_id, message_key, message_type, sha256_before, sha256_after)
            """,
            transaction.Connection,
            transaction);
        command.AddValues(
            messages.Select(m => m.Destination).ToArray(),
            messages.Select(m => m.MessageId).ToArray(),
            messages.Select(_ => Guid.CreateVersion7()).ToArray(),
            messages.Select(m => m.Key).ToArray(),
            messages.Select(m => m.Type).ToArray(),
            messages.Select(m => m.Sha256Before).ToArray(),
            messages.Select(m => m.Sha256After).ToArray(),
            signature.Actor,
            act.ToString(),
            new NpgsqlParameter { Value = (object?)signature.Note ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async Task<IReadOnlyList<OutboxAuditEntry>> PageAsync(
        NpgsqlDataSource database, string destination, string messageId, OutboxAuditEntry? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select audit_id, acted, actor, act, message_key, message_type, note, sha256_before, sha256_after
            from outbox_audit
            where destination = $1 and message_id = $2 and (acted, audit_id) > ($3, $4)
            order by acted, audit_id
            limit $5
            """);
        command.AddValues(destination, messageId, after?.At.UtcDateTime ?? DateTime.UnixEpoch, after?.Id ?? Guid.Empty, limit);
        var entries = new List<OutboxAuditEntry>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            entries.Add(new(
                reader.GetGuid(0),
                reader.GetDateTime(1),
                reader.GetString(2),
                Enum.Parse<OutboxAct>(reader.GetString(3)),
                destination,
                messageId,
                reader.GetString(4),
                reader.GetString(5),
                reader.GetValue(6) as string,
                reader.GetValue(7) as string,
                reader.GetValue(8) as string));
        }

        return entries;
    }
}
