using Messaging.Consuming;
using Npgsql;

namespace Messaging.Inbox;

/// <summary>The statements on the inbox, in the common part of PostgreSQL and Aurora DSQL. Every one of them goes by the primary key.</summary>
internal static class InboxTable
{
    // A row whose lease ran out was left by a killed owner. Its memory starts anew, so that the answer is kept as long as any other.
    internal const string Record =
        """
        insert into inbox (consumer, message_id, received, done) values ($1, $2, clock_timestamp(), true)
        on conflict (consumer, message_id) do update set received = clock_timestamp(), done = true, owner = null, lease_until = null
        where not inbox.done and inbox.lease_until <= clock_timestamp()
        """;

    internal const string Take =
        """
        insert into inbox (consumer, message_id, received, done, owner, lease_until)
        values ($1, $2, clock_timestamp(), false, $3, clock_timestamp() + $4)
        on conflict (consumer, message_id) do update set received = clock_timestamp(), owner = $3, lease_until = clock_timestamp() + $4
        where not inbox.done and inbox.lease_until <= clock_timestamp()
        """;

    internal const string Find =
        "select done, discard_reason, lease_until - clock_timestamp() from inbox where consumer = $1 and message_id = $2";

    // An owner's lease that ran out is still its own as long as nobody took it.
    internal const string Renew =
        "update inbox set lease_until = clock_timestamp() + $4 where consumer = $1 and message_id = $2 and owner = $3 and not done";

    // The owner stays: a second try, after one whose answer was lost, finds its own row.
    internal const string Remember =
        "update inbox set done = true, discard_reason = $4, lease_until = null where consumer = $1 and message_id = $2 and owner = $3";

    internal const string RememberReason =
        "update inbox set discard_reason = $3 where consumer = $1 and message_id = $2";

    internal const string GiveBack =
        "delete from inbox where consumer = $1 and message_id = $2 and owner = $3 and not done";

    // A handler that quotes what it got must not make a row of any size.
    private const int LongestReason = 1_024;

    /// <summary>The reason to keep, null for an answer without one.</summary>
    public static object ReasonOf(Verdict verdict) => verdict switch
    {
        Verdict.Discarded { Reason: var reason } => ColumnText.Of(reason, LongestReason),
        _ => DBNull.Value,
    };

    /// <summary>True where the statement changed the row.</summary>
    public static async Task<bool> ChangeAsync(NpgsqlConnection connection, string statement, object[] values, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        command.AddValues(values);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>Throws where a statement of the transaction has failed before: its commit would roll back, and say nothing.</summary>
    public static async Task ProbeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select 1", connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the message's other delivery answered or, where it has not answered yet, how long its lease runs.</summary>
    public static async Task<(Verdict? Answer, TimeSpan BusyFor)> FindAsync(
        NpgsqlConnection connection, string consumer, string messageId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Find, connection);
        command.AddValues(consumer, messageId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);

        // No row: the other delivery gave it back between the two statements, so this one may come again at once.
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            return (null, TimeSpan.Zero);
        if (reader.GetBoolean(0))
            return (reader.IsDBNull(1) ? Verdict.Done : Verdict.Discard(reader.GetString(1)), TimeSpan.Zero);
        var remaining = reader.GetTimeSpan(2);
        return (null, remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
    }
}
