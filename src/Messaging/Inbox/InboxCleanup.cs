using Messaging.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Inbox;

/// <summary>
/// Deletes what the inbox need not remember any more: oldest first, by an index, a page a transaction, and no more pages in a run than its
/// options say. Any number may run at once, and one that is cut off leaves nothing behind but the rest.
/// </summary>
/// <param name="database">Where the inbox is.</param>
/// <param name="options">Limits.</param>
/// <param name="logger">Gets a line for each run that deleted something.</param>
public sealed class InboxCleanup(NpgsqlDataSource database, InboxCleanupOptions options, ILogger<InboxCleanup> logger)
{
    /// <summary>Deletes a run's worth of answers and counts of attempts.</summary>
    /// <param name="cancellationToken">Stops within a page; what was deleted before stays deleted.</param>
    /// <returns>How many rows it deleted.</returns>
    /// <exception cref="NpgsqlException">The database refused.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (messages, attempts) = (0, 0);
        try
        {
            messages = await DeleteAsync(ExpiredRows.Messages, cancellationToken).ConfigureAwait(false);
            attempts = await DeleteAsync(ExpiredRows.Attempts, cancellationToken).ConfigureAwait(false);
            return messages + attempts;
        }
        finally
        {
            if (messages + attempts > 0)
                logger.Forgotten(messages, attempts);
        }
    }

    private async Task<int> DeleteAsync(ExpiredRows rows, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var after = ExpiredRows.Start;
        for (var page = 0; page < options.MostPages; page++)
        {
            if (await Conflict.RetryAsync(ct => rows.EndOfPageAsync(database, after, options, ct), cancellationToken).ConfigureAwait(false) is not { } end)
                break;
            FailPoint.Before(Step.CleanUp);
            deleted += await Conflict.RetryAsync(ct => rows.DeleteAsync(database, after, end, ct), cancellationToken).ConfigureAwait(false);
            FailPoint.After(Step.CleanUp);
            after = end;
        }

        return deleted;
    }
}
