using Messaging.Diagnostics;
using Messaging.Publishing;
using Messaging.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>Writes messages in the caller's own transaction, and publishes them as soon as it has committed.</summary>
/// <param name="database">Where the outbox is.</param>
/// <param name="publish">Sends messages: <see cref="Publisher.PublishAsync(string, IReadOnlyList{Outbound}, CancellationToken)"/>.</param>
/// <param name="options">Limits.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets a line when messages are left to the relay.</param>
public sealed class OutboxWriter(NpgsqlDataSource database, PublishMessages publish, OutboxOptions options, TimeProvider time, ILogger<OutboxWriter> logger)
{
    /// <summary>Encrypts messages and puts large ones elsewhere, before they are written. Null leaves them as they are.</summary>
    public PrepareMessage? Prepare { get; init; }

    /// <summary>
    /// Adds messages to the transaction. They are the caller's to publish for <see cref="OutboxOptions.Grace"/>: no relay touches them before that.
    /// Those with a <see cref="OutgoingMessage.NotBefore"/> to come are the relay's.
    /// </summary>
    /// <param name="transaction">The caller's, which it commits itself.</param>
    /// <param name="messages">In the order that each key's messages must keep.</param>
    /// <param name="cancellationToken">Cancels the insert.</param>
    /// <returns>What to hand to <see cref="PublishAsync"/> after the commit.</returns>
    /// <exception cref="ArgumentException">A message is larger than <see cref="OutboxOptions.LargestMessage"/> after it was prepared. None was written.</exception>
    /// <exception cref="PayloadException">A message could not be prepared. None was written.</exception>
    public async Task<CommittedMessages> AddAsync(NpgsqlTransaction transaction, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return CommittedMessages.None;
        var prepared = messages;
        if (Prepare is not null)
        {
            var all = new OutgoingMessage[messages.Count];
            for (var i = 0; i < all.Length; i++)
                all[i] = await Prepare(messages[i], cancellationToken).ConfigureAwait(false);
            prepared = all;
        }

        foreach (var message in prepared)
            message.RefuseUnlessPrepared(options.LargestMessage);
        return await OutboxInsert.InsertAsync(transaction, prepared, options.Grace, time.GetTimestamp(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same for one message.</summary>
    /// <inheritdoc cref="AddAsync(NpgsqlTransaction, IReadOnlyList{OutgoingMessage}, CancellationToken)"/>
    public Task<CommittedMessages> AddAsync(NpgsqlTransaction transaction, OutgoingMessage message, CancellationToken cancellationToken) =>
        AddAsync(transaction, [message], cancellationToken);

    /// <summary>
    /// Publishes what was added, after the commit. Never throws: what does not get out stays in the table, and the relay publishes it.
    /// </summary>
    /// <param name="committed">What <see cref="AddAsync(NpgsqlTransaction, IReadOnlyList{OutgoingMessage}, CancellationToken)"/> returned.</param>
    /// <param name="cancellationToken">Leaves the rest to the relay.</param>
    /// <returns>A task.</returns>
    public async Task PublishAsync(CommittedMessages committed, CancellationToken cancellationToken)
    {
        var left = committed.Behind;
        Exception? exception = null;
        try
        {
            // Half of the grace, so that nothing of it is on its way any more when a relay may take the rows.
            var budget = (options.Grace / 2) - time.GetElapsedTime(committed.AddedAt);
            using var limit = new TimeLimit(budget > TimeSpan.Zero ? budget : TimeSpan.Zero, time, cancellationToken);
            var published = await Task.WhenAll(committed.Own.GroupBy(r => r.Lane.Destination).Select(g => SendAsync(g.Key, [.. g], limit.Token))).ConfigureAwait(false);
            var done = published.SelectMany(rows => rows).ToArray();
            left += committed.Own.Count - done.Length;

            // Not cancelled with the batch: what is out must not go out again.
            FailPoint.Before(Step.Mark);
            await OutboxTable.DeleteAsync(database, done, CancellationToken.None).ConfigureAwait(false);
            FailPoint.After(Step.Mark);
        }
#pragma warning disable CA1031 // The messages are committed: whatever goes wrong here, the relay publishes them.
        catch (Exception e)
#pragma warning restore CA1031
        {
            exception = e;
            left = committed.Own.Count + committed.Behind;
        }

        if (left > 0)
            logger.LeftToRelay(exception, left);
    }

    private async Task<IEnumerable<OutboxRow>> SendAsync(string destination, OutboxRow[] rows, CancellationToken cancellationToken)
    {
        var failures = await publish(destination, [.. rows.Select(r => r.Message)], cancellationToken).ConfigureAwait(false);
        foreach (var failure in failures.Where(f => f.Cause != PublishFailureCause.EarlierMessage))
            logger.PublishFailed(destination, failure.MessageId, 1, failure.Reason);
        OutboxMetrics.Report(destination, rows.Length - failures.Count, failures);
        return rows.ExceptBy(failures.Select(f => f.MessageId), r => r.Message.Id);
    }
}
