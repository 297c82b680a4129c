using Npgsql;

namespace Messaging.Outbox;

/// <summary>The statements that read and change parked messages, in the common part of PostgreSQL and Aurora DSQL.</summary>
internal static class DeadLetterTable
{
    private const string Columns =
        "p.destination, p.message_key, p.message_id, p.message_type, p.attempts, p.reason, p.parked, octet_length(p.body), coalesce(p.edits, 0)";

    private const string AsRead =
        "destination = $1 and message_key = $2 and message_id = $3 and message_type = $4 and parked = $5 and coalesce(edits, 0) = $6";

    public static async Task<IReadOnlyList<OutboxDeadLetter>> PageAsync(NpgsqlDataSource database, OutboxDeadLetterQuery query, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from outbox_parked p
            where ($1 = '' or p.destination = $1) and ($2 = '' or p.message_key = $2) and (p.destination, p.message_key, p.message_id) > ($3, $4, $5)
            order by p.destination, p.message_key, p.message_id
            limit $6
            """);
        var after = query.After;
        command.AddValues(query.Destination ?? "", query.Key ?? "", after?.Destination ?? "", after?.Key ?? "", after?.MessageId ?? "", query.PageSize);
        return await ReadAsync(command, cancellationToken).ConfigureAwait(false);
    }

    public static async Task<OutboxDeadLetter?> FindAsync(NpgsqlDataSource database, string destination, string messageId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select {Columns} from outbox_parked p where p.destination = $1 and p.message_id = $2 order by p.message_key limit 1");
        command.AddValues(destination, messageId);
        return await ReadAsync(command, cancellationToken).ConfigureAwait(false) is [var letter] ? letter : null;
    }

    /// <summary>Null where it is not there any more as it was read.</summary>
    public static async Task<string?> BodyAsync(NpgsqlTransaction transaction, OutboxDeadLetter letter, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, $"select body from outbox_parked where {AsRead}", letter);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
    }

    /// <summary>False where it is not there any more as it was read.</summary>
    public static async Task<bool> SetBodyAsync(NpgsqlTransaction transaction, OutboxDeadLetter letter, string body, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, $"update outbox_parked set body = $7, edits = coalesce(edits, 0) + 1 where {AsRead}", letter, body);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>Takes one out; nothing where it is not there any more as it was read.</summary>
    public static async Task<IReadOnlyList<TakenLetter>> TakeAsync(NpgsqlTransaction transaction, OutboxDeadLetter letter, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, $"delete from outbox_parked where {AsRead} returning {TakenLetter.Columns}", letter);
        return await TakenLetter.ReadAsync(command, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes out what is left of a page, and was not parked after a time.</summary>
    public static async Task<IReadOnlyList<TakenLetter>> TakeAsync(
        NpgsqlTransaction transaction, IReadOnlyList<OutboxDeadLetter> page, DateTime latest, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            delete from outbox_parked
            where (destination, message_key, message_id) in (select * from unnest($1, $2, $3)) and parked <= $4
            returning {TakenLetter.Columns}
            """,
            transaction.Connection,
            transaction);
        command.AddValues(page.Select(l => l.Destination).ToArray(), page.Select(l => l.Key).ToArray(), page.Select(l => l.MessageId).ToArray(), latest);
        return await TakenLetter.ReadAsync(command, cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlCommand Command(NpgsqlTransaction transaction, string sql, OutboxDeadLetter letter, params ReadOnlySpan<object> more)
    {
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        command.AddValues(letter.Destination, letter.Key, letter.MessageId, letter.Type, letter.Parked.UtcDateTime, letter.Edits);
        command.AddValues(more);
        return command;
    }

    private static async Task<IReadOnlyList<OutboxDeadLetter>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var letters = new List<OutboxDeadLetter>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            letters.Add(new(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetInt32(4),
                reader.GetString(5),
                reader.GetDateTime(6),
                reader.GetInt32(7),
                reader.GetInt32(8)));
        }

        return letters;
    }
}
