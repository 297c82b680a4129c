using Messaging.Consuming;
using Messaging.Publishing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>Publishes what a crash, or a service that was away, left in the outbox. Any number of relays may run at once.</summary>
/// <param name="database">Where the outbox is.</param>
/// <param name="publish">Sends messages: <see cref="Publisher.PublishAsync"/>.</param>
/// <param name="options">Limits.</param>
/// <param name="logger">Gets a line for each sweep that found something, and for each message that did not get out.</param>
public sealed class OutboxRelay(NpgsqlDataSource database, PublishMessages publish, OutboxOptions options, ILogger<OutboxRelay> logger)
{
    /// <summary>Publishes everything that is due, once.</summary>
    /// <param name="cancellationToken">Stops between pages; what is not published stays.</param>
    /// <returns>How many messages were published, and how many were seen and left.</returns>
    public async Task<(int Published, int Waiting)> SweepAsync(CancellationToken cancellationToken)
    {
        var (published, waiting) = (0, 0);
        foreach (var (destination, lane) in await OutboxTable.DueLanesAsync(database, cancellationToken).ConfigureAwait(false))
        {
            if (await LaneLease.TryAcquireAsync(database, destination, lane, options.Lease, cancellationToken).ConfigureAwait(false) is not { } lease)
                continue;
            try
            {
                var (p, w) = await EmptyLaneAsync(destination, lane, lease, cancellationToken).ConfigureAwait(false);
                published += p;
                waiting += w;
            }
            finally
            {
                await lease.ReleaseAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }

        if (published + waiting > 0)
            logger.Swept(published, waiting);
        return (published, waiting);
    }

    private async Task<(int Published, int Waiting)> EmptyLaneAsync(string destination, short lane, LaneLease lease, CancellationToken cancellationToken)
    {
        var (published, waiting) = (0, 0);

        // A key with a message that waits is closed for this sweep: its followers must not overtake it.
        var closed = new HashSet<string>(StringComparer.Ordinal);
        OutboxRow? last = null;
        while (await OutboxTable.PageAsync(database, destination, lane, last, options.PageSize, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            last = page[^1];
            if (!await lease.TryRenewAsync(options.Lease, cancellationToken).ConfigureAwait(false))
                break;

            var due = page.Where(row => !closed.Contains(row.Message.Key) && (row.IsAvailable || !closed.Add(row.Message.Key))).ToArray();
            var failures = await PublishAsync(destination, due, cancellationToken).ConfigureAwait(false);

            // Whoever lost the lane meanwhile leaves its rows to the new holder: the inbox absorbs what both published.
            // None of this is cancelled: what is out must not go out again.
            if (!await lease.TryRenewAsync(options.Lease, CancellationToken.None).ConfigureAwait(false))
                break;
            await OutboxTable.DeleteAsync(database, [.. due.ExceptBy(failures.Keys, r => r.Message.Id)], CancellationToken.None).ConfigureAwait(false);
            foreach (var row in due.Where(r => failures.ContainsKey(r.Message.Id)))
            {
                closed.Add(row.Message.Key);
                await SetAsideAsync(row, failures[row.Message.Id], CancellationToken.None).ConfigureAwait(false);
            }

            published += due.Length - failures.Count;
            waiting += page.Count - due.Length + failures.Count;
            if (page.Count < options.PageSize || failures.Values.Any(f => f.HeldBack))
                break;
        }

        return (published, waiting);
    }

    private async Task<IReadOnlyDictionary<string, PublishFailure>> PublishAsync(string destination, OutboxRow[] rows, CancellationToken cancellationToken)
    {
        // Half the lease: a call that takes longer is given up before somebody else can take the lane.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Lease / 2);
        var failures = await publish(destination, [.. rows.Select(r => r.Message)], patience.Token).ConfigureAwait(false);
        return failures.ToDictionary(f => f.MessageId, StringComparer.Ordinal);
    }

    private async Task SetAsideAsync(OutboxRow row, PublishFailure failure, CancellationToken cancellationToken)
    {
        if (failure.HeldBack)
            return;
        var attempts = row.Attempts + 1;
        if (failure.IsFinal || attempts >= options.MaxAttempts)
        {
            logger.Parked(row.Message.Id, row.Destination, attempts, failure.Reason);
            await OutboxTable.ParkAsync(database, row, failure.Reason, cancellationToken).ConfigureAwait(false);
            return;
        }

        logger.PublishFailed(row.Destination, row.Message.Id, attempts, failure.Reason);
        var delay = Backoff.Next(Math.Min(attempts, 10), TimeSpan.FromSeconds(1));
        await OutboxTable.PostponeAsync(database, row, delay, cancellationToken).ConfigureAwait(false);
    }
}
