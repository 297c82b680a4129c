using Npgsql;

namespace Messaging.Inbox;

internal enum InboxClaimState
{
    Taken,
    Busy,
    Done,
}

/// <summary>A lease on handling one message, by an owner that nobody else can be.</summary>
internal sealed class InboxClaim(NpgsqlDataSource database, string consumer, string messageId, Guid owner, InboxClaimState state, TimeSpan remaining)
{
    public InboxClaimState State { get; } = state;

    /// <summary>How long the other owner's lease runs, where it is busy.</summary>
    public TimeSpan Remaining { get; } = remaining;

    public static async Task<InboxClaim> TryTakeAsync(
        NpgsqlDataSource database, string consumer, string messageId, TimeSpan lease, CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid();
        await using (var take = database.CreateCommand(
            """
            insert into inbox (consumer, message_id, received, done, owner, lease_until)
            values ($1, $2, clock_timestamp(), false, $3, clock_timestamp() + $4)
            on conflict (consumer, message_id) do update set owner = $3, lease_until = clock_timestamp() + $4
            where not inbox.done and inbox.lease_until <= clock_timestamp()
            """))
        {
            take.AddValues(consumer, messageId, owner.ToString(), lease);
            if (await take.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1)
                return new(database, consumer, messageId, owner, InboxClaimState.Taken, TimeSpan.Zero);
        }

        await using var look = database.CreateCommand(
            "select done, lease_until - clock_timestamp() from inbox where consumer = $1 and message_id = $2");
        look.AddValues(consumer, messageId);
        await using var reader = await look.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);

        // No row: the other owner gave it back between the two statements, so the message may come at once.
        var found = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var done = found && reader.GetBoolean(0);
        var remaining = found && !done ? reader.GetTimeSpan(1) : TimeSpan.Zero;
        return new(database, consumer, messageId, owner, done ? InboxClaimState.Done : InboxClaimState.Busy, remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
    }

    /// <summary>Remembers the effect, or gives the lease back. An owner whose lease was taken over changes nothing.</summary>
    public async Task EndAsync(bool done, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(done
            ? "update inbox set done = true, owner = null, lease_until = null where consumer = $1 and message_id = $2 and owner = $3"
            : "delete from inbox where consumer = $1 and message_id = $2 and owner = $3 and not done");
        command.AddValues(consumer, messageId, owner.ToString());
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
