using Npgsql;

namespace Messaging.Inbox;

/// <summary>
/// The statements that delete old rows of a table by its index on time. A page is a range of that index: a list of keys could be joined with
/// the table by reading all of it, a range cannot. The time is compared by itself too, at both ends, for a planner that knows nothing of rows
/// of values, or nothing yet of the table.
/// </summary>
internal sealed record ExpiredRows(string EndOfPage, string Delete)
{
    /// <summary>A place in the order of the index.</summary>
    public readonly record struct Place(DateTime Time, string Consumer, string MessageId);

    public static readonly Place Start = new(DateTime.UnixEpoch, "", "");

    /// <summary>What was answered; a message that is being handled is not old, however long ago it came.</summary>
    public static readonly ExpiredRows Messages = new(
        """
        select received, consumer, message_id
        from (select received, consumer, message_id from inbox
              where received < now() - $4 and received >= $1 and (received, consumer, message_id) > ($1, $2, $3)
              order by received, consumer, message_id limit $5) page
        order by received desc, consumer desc, message_id desc limit 1
        """,
        """
        delete from inbox
        where received >= $4 and received <= $1 and (received, consumer, message_id) <= ($1, $2, $3) and (done or lease_until <= now())
        """);

    /// <summary>Counts of attempts, by the last failure.</summary>
    public static readonly ExpiredRows Attempts = new(
        """
        select failed, consumer, message_id
        from (select failed, consumer, message_id from inbox_attempt
              where failed < now() - $4 and failed >= $1 and (failed, consumer, message_id) > ($1, $2, $3)
              order by failed, consumer, message_id limit $5) page
        order by failed desc, consumer desc, message_id desc limit 1
        """,
        """
        delete from inbox_attempt
        where failed >= $4 and failed <= $1 and (failed, consumer, message_id) <= ($1, $2, $3)
        """);

    /// <summary>The last row of the page behind a place; null where nothing old is left.</summary>
    public async Task<Place?> EndOfPageAsync(NpgsqlDataSource database, Place after, InboxCleanupOptions options, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(EndOfPage);
        command.AddValues(after.Time, after.Consumer, after.MessageId, options.Memory, options.PageSize);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new(reader.GetDateTime(0), reader.GetString(1), reader.GetString(2))
            : null;
    }

    /// <summary>Deletes the page between two places.</summary>
    public async Task<int> DeleteAsync(NpgsqlDataSource database, Place after, Place end, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Delete);
        command.AddValues(end.Time, end.Consumer, end.MessageId, after.Time);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
