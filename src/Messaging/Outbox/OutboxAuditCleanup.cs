using Messaging.Inbox;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>
/// Deletes the acts on dead letters that are past the audit's memory: oldest first, by an index, a page a transaction, and no more pages in a run
/// than its options say. Any number may run at once.
/// </summary>
/// <param name="database">Where the audit is.</param>
/// <param name="options">Limits.</param>
/// <param name="logger">Gets a line for each run that deleted something.</param>
public sealed class OutboxAuditCleanup(NpgsqlDataSource database, OutboxAuditCleanupOptions options, ILogger<OutboxAuditCleanup> logger)
{
    /// <summary>The last row of the first page; the time stands by itself too, for a planner that knows nothing of rows of values.</summary>
    internal const string EndOfPage =
        """
        select acted, audit_id
        from (select acted, audit_id from outbox_audit
              where acted < now() - $3 and acted >= $1 and (acted, audit_id) > ($1, $2)
              order by acted, audit_id limit $4) page
        order by acted desc, audit_id desc limit 1
        """;

    internal const string DeletePage = "delete from outbox_audit where acted >= $3 and acted <= $1 and (acted, audit_id) <= ($1, $2)";

    /// <summary>Deletes a run's worth of acts.</summary>
    /// <param name="cancellationToken">Stops within a page; what was deleted before stays deleted.</param>
    /// <returns>How many it deleted.</returns>
    /// <exception cref="NpgsqlException">The database refused.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var deleted = 0;
        try
        {
            var after = (Acted: DateTime.UnixEpoch, Id: Guid.Empty);
            for (var page = 0; page < options.MostPages; page++)
            {
                if (await Conflict.RetryAsync(ct => EndOfPageAsync(after, ct), cancellationToken).ConfigureAwait(false) is not { } end)
                    break;
                deleted += await Conflict.RetryAsync(ct => DeleteAsync(after.Acted, end, ct), cancellationToken).ConfigureAwait(false);
                after = end;
            }

            return deleted;
        }
        finally
        {
            if (deleted > 0)
                logger.AuditForgotten(deleted);
        }
    }

    private async Task<(DateTime Acted, Guid Id)?> EndOfPageAsync((DateTime Acted, Guid Id) after, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(EndOfPage);
        command.AddValues(after.Acted, after.Id, options.Memory, options.PageSize);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? (reader.GetDateTime(0), reader.GetGuid(1)) : null;
    }

    private async Task<int> DeleteAsync(DateTime from, (DateTime Acted, Guid Id) end, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(DeletePage);
        command.AddValues(end.Acted, end.Id, from);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
