using Messaging.Publishing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>Writes messages in the caller's own transaction, and publishes them as soon as it has committed.</summary>
/// <param name="database">Where the outbox is.</param>
/// <param name="publish">Sends messages: <see cref="Publisher.PublishAsync"/>.</param>
/// <param name="options">Limits.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets a line when messages are left to the relay.</param>
public sealed class OutboxWriter(NpgsqlDataSource database, PublishMessages publish, OutboxOptions options, TimeProvider time, ILogger<OutboxWriter> logger)
{
    /// <summary>
    /// Adds messages to the transaction. They are the caller's to publish for <see cref="OutboxOptions.Grace"/>: no relay touches them before that.
    /// </summary>
    /// <param name="transaction">The caller's, which it commits itself.</param>
    /// <param name="messages">In the order that each key's messages must keep.</param>
    /// <param name="cancellationToken">Cancels the insert.</param>
    /// <returns>What to hand to <see cref="PublishAsync"/> after the commit.</returns>
    public async Task<CommittedMessages> AddAsync(NpgsqlTransaction transaction, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return CommittedMessages.None;

        var rows = await OutboxTable.InsertAsync(transaction, messages, options.Grace, cancellationToken).ConfigureAwait(false);
        return new(rows, time.GetTimestamp());
    }

    /// <summary>
    /// Publishes what was added, after the commit. Never throws: what does not get out stays in the table, and the relay publishes it.
    /// </summary>
    /// <param name="committed">What <see cref="AddAsync"/> returned.</param>
    /// <param name="cancellationToken">Leaves the rest to the relay.</param>
    /// <returns>A task.</returns>
    public async Task PublishAsync(CommittedMessages committed, CancellationToken cancellationToken)
    {
        // A row that is available at once has an older one of its key in front of it: the relay publishes both, in order.
        var own = committed.Rows.Where(r => !r.IsAvailable).ToArray();
        var left = committed.Rows.Count - own.Length;
        Exception? exception = null;
        try
        {
            var budget = (options.Grace / 2) - time.GetElapsedTime(committed.AddedAt);
            using var limit = new TimeLimit(budget > TimeSpan.Zero ? budget : TimeSpan.Zero, time, cancellationToken);
            var published = await Task.WhenAll(own.GroupBy(r => r.Destination).Select(g => SendAsync(g.Key, [.. g], limit.Token))).ConfigureAwait(false);
            var done = published.SelectMany(rows => rows).ToArray();
            left += own.Length - done.Length;

            // Not cancelled with the batch: what is out must not go out again.
            await OutboxTable.DeleteAsync(database, done, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The messages are committed: whatever goes wrong here, the relay publishes them.
        catch (Exception e)
#pragma warning restore CA1031
        {
            exception = e;
            left = committed.Rows.Count;
        }

        if (left > 0)
            logger.LeftToRelay(exception, left);
    }

    private async Task<IEnumerable<OutboxRow>> SendAsync(string destination, OutboxRow[] rows, CancellationToken cancellationToken)
    {
        var failures = await publish(destination, [.. rows.Select(r => r.Message)], cancellationToken).ConfigureAwait(false);
        foreach (var failure in failures.Where(f => !f.HeldBack))
            logger.PublishFailed(destination, failure.MessageId, 1, failure.Reason);
        return rows.ExceptBy(failures.Select(f => f.MessageId), r => r.Message.Id);
    }
}
