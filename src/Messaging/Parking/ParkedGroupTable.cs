using Messaging.Consuming;
using Messaging.Inbox;
using Npgsql;

namespace Messaging.Parking;

/// <summary>Where a group's next message is to be sent.</summary>
internal readonly record struct NextReplay(long Position, string QueueUrl);

/// <summary>
/// The statements on parked groups, in the common part of PostgreSQL and Aurora DSQL. What changes a group locks its row first: a follower is
/// kept before the group is freed, or it finds the group free.
/// </summary>
internal static class ParkedGroupTable
{
    /// <summary>A replay that has not come back by then is sent again. Most retries end sooner; where one does not, the second copy is dropped.</summary>
    private static readonly TimeSpan ReplayPatience = TimeSpan.FromHours(6);

    private const int LongestReason = 1_024;

    public static async Task<bool> ContainsAsync(NpgsqlDataSource database, GroupKey key, CancellationToken cancellationToken)
    {
        await using var command = key.Command(database, "select 1 from parked_group where consumer = $1 and group_id = $2");
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>Parks the group behind a message that the dead-letter queue has. Its own row goes, where it was parked before.</summary>
    /// <param name="database">The database.</param>
    /// <param name="key">The group.</param>
    /// <param name="dead">The message.</param>
    /// <param name="reason">Why it is one.</param>
    /// <param name="queueUrl">Where the group comes from.</param>
    /// <param name="cancellationToken">Cancels the transaction.</param>
    public static Task ParkAsync(NpgsqlDataSource database, GroupKey key, Delivery dead, string reason, string queueUrl, CancellationToken cancellationToken) =>
        GroupTransaction.RunAsync(
            database,
            async transaction =>
            {
                await using var park = key.Command(
                    transaction,
                    """
                    insert into parked_group (consumer, group_id, parked, reason, dead_message_id, queue_url, released, tail, last_sequence)
                    values ($1, $2, clock_timestamp(), $3, $4, $5, false, 0, $6)
                    on conflict (consumer, group_id) do update
                    set parked = clock_timestamp(), reason = $3, dead_message_id = $4, released = false, sent_position = null, sent = null
                    """,
                    ColumnText.Of(reason, LongestReason),
                    dead.MessageId,
                    queueUrl,
                    Optional(dead.SequenceNumber));
                await park.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                if (dead.Parked is { } parked)
                    await ParkedMessageTable.DeleteAsync(transaction, key, parked.Place, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>Keeps a delivery behind those that wait already. A delivery that was kept before is not kept again.</summary>
    /// <returns>False where the group is not parked: then the delivery may run.</returns>
    public static Task<bool> TryAppendAsync(NpgsqlDataSource database, GroupKey key, Delivery delivery, string queueUrl, CancellationToken cancellationToken) =>
        GroupTransaction.RunAsync(
            database,
            async transaction =>
            {
                if (await LockAsync(transaction, key, cancellationToken).ConfigureAwait(false) is not { } group)
                    return false;
                if (group.HasSeen(delivery, queueUrl))
                    return true;

                var front = !group.IsReleased && group.IsReturnedDeadLetter(delivery)
                    ? await ParkedMessageTable.HeadAsync(transaction, key, cancellationToken).ConfigureAwait(false) - 1
                    : null;
                await ParkedMessageTable.InsertAsync(transaction, key, front ?? group.Tail + 1, delivery, cancellationToken).ConfigureAwait(false);
                await using var update = key.Command(
                    transaction,
                    "update parked_group set tail = $3, last_sequence = $4, queue_url = $5 where consumer = $1 and group_id = $2",
                    front is null ? group.Tail + 1 : group.Tail,
                    Optional(delivery.SequenceNumber),
                    queueUrl);
                await update.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>Takes out the message that was handled or is not wanted, and frees a released group that has no message left.</summary>
    /// <param name="database">The database.</param>
    /// <param name="key">The group.</param>
    /// <param name="removed">The message that goes, if any.</param>
    /// <param name="cancellationToken">Cancels the transaction.</param>
    /// <returns>Whether there was such a message, whether the group is parked no longer, and what is to be sent: nothing where it is on its way.</returns>
    public static Task<(bool Removed, bool Freed, NextReplay? Next)> NextAsync(
        NpgsqlDataSource database, GroupKey key, ParkedPlace? removed, CancellationToken cancellationToken) =>
        GroupTransaction.RunAsync(
            database,
            async transaction =>
            {
                if (await LockAsync(transaction, key, cancellationToken).ConfigureAwait(false) is not { } group)
                    return (false, false, null);
                var found = removed is { } place && await ParkedMessageTable.DeleteAsync(transaction, key, place, cancellationToken).ConfigureAwait(false);
                if (!group.IsReleased)
                {
                    // Held again: a replay that is under way is dropped, and sent anew by the next release.
                    await using var forget = key.Command(transaction, "update parked_group set sent_position = null, sent = null where consumer = $1 and group_id = $2");
                    await forget.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                    return (found, false, null);
                }

                if (await ParkedMessageTable.HeadAsync(transaction, key, cancellationToken).ConfigureAwait(false) is { } head)
                    return (found, false, group.OnItsWay == head ? null : new NextReplay(head, group.QueueUrl));
                await using var free = key.Command(transaction, "delete from parked_group where consumer = $1 and group_id = $2");
                await free.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return (found, true, default(NextReplay?));
            },
            cancellationToken);

    /// <summary>Remembers that a replay is on its way.</summary>
    public static Task SentAsync(NpgsqlDataSource database, GroupKey key, long position, CancellationToken cancellationToken) => UpdateAsync(
        () => key.Command(
            database,
            "update parked_group set sent_position = $3, sent = clock_timestamp() where consumer = $1 and group_id = $2 and released",
            position),
        cancellationToken);

    /// <returns>False where the group is not parked.</returns>
    public static Task<bool> ReleaseAsync(NpgsqlDataSource database, GroupKey key, CancellationToken cancellationToken) => UpdateAsync(
        () => key.Command(database, "update parked_group set released = true where consumer = $1 and group_id = $2"),
        cancellationToken);

    /// <summary>Released groups whose first message was not sent, or so long ago that it may be lost.</summary>
    public static async Task<IReadOnlyList<GroupKey>> StalledAsync(NpgsqlDataSource database, GroupKey after, int limit, CancellationToken cancellationToken)
    {
        await using var command = after.Command(
            database,
            """
            select g.consumer, g.group_id from parked_group g
            where (g.consumer, g.group_id) > ($1, $2) and g.released
              and (g.sent is null or g.sent <= clock_timestamp() - $3 or g.sent_position is distinct from
                   (select min(m.position) from parked_message m where m.consumer = g.consumer and m.group_id = g.group_id))
            order by g.consumer, g.group_id
            limit $4
            """,
            ReplayPatience,
            limit);
        var groups = new List<GroupKey>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            groups.Add(new(reader.GetString(0), reader.GetString(1)));
        return groups;
    }

    public static async Task<IReadOnlyList<ParkedGroup>> PageAsync(NpgsqlDataSource database, GroupKey after, int limit, CancellationToken cancellationToken)
    {
        await using var command = after.Command(
            database,
            """
            select group_id, parked, reason, dead_message_id, released,
                   (select count(*) from (select 1 from parked_message m where m.consumer = g.consumer and m.group_id = g.group_id limit 1000) w)
            from parked_group g
            where consumer = $1 and group_id > $2
            order by group_id
            limit $3
            """,
            limit);
        var groups = new List<ParkedGroup>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            groups.Add(new(reader.GetString(0), reader.GetDateTime(1), reader.GetString(2), reader.GetString(3), reader.GetBoolean(4), (int)reader.GetInt64(5)));
        return groups;
    }

    private static Task<bool> UpdateAsync(Func<NpgsqlCommand> update, CancellationToken cancellationToken) => Conflict.RetryAsync(
        async ct =>
        {
            await using var command = update();
            return await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false) == 1;
        },
        cancellationToken);

    private static async Task<LockedGroup?> LockAsync(NpgsqlTransaction transaction, GroupKey key, CancellationToken cancellationToken)
    {
        await using var command = key.Command(
            transaction,
            """
            select released, tail, queue_url, dead_message_id, last_sequence, case when sent > clock_timestamp() - $3 then sent_position end
            from parked_group where consumer = $1 and group_id = $2 for update
            """,
            ReplayPatience);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new(
                reader.GetBoolean(0),
                reader.GetInt64(1),
                reader.GetString(2),
                reader.GetString(3),
                await reader.IsDBNullAsync(4, cancellationToken).ConfigureAwait(false) ? null : reader.GetString(4),
                await reader.IsDBNullAsync(5, cancellationToken).ConfigureAwait(false) ? null : reader.GetInt64(5))
            : null;
    }

    private static NpgsqlParameter Optional(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };
}
