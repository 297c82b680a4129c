using Messaging.Consuming;
using Messaging.Outbox;
using Messaging.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Inbox;

/// <summary>Handles a message inside its transaction.</summary>
/// <typeparam name="T">The record that carries the data.</typeparam>
/// <param name="message">The message.</param>
/// <param name="work">The transaction and the outbox.</param>
/// <param name="cancellationToken">Cancelled when the time for the batch is nearly over.</param>
/// <returns>Done or Discard commit; every other verdict rolls back.</returns>
public delegate Task<Verdict> TransactionalHandler<T>(Received<T> message, UnitOfWork work, CancellationToken cancellationToken);

/// <summary>Remembers what a consumer has handled, so that a message delivered twice has one effect.</summary>
/// <param name="consumer">The consumer's name: the same message may be news to another one.</param>
/// <param name="database">Where the inbox is.</param>
/// <param name="outbox">Takes what handlers announce.</param>
/// <param name="logger">Gets a line for each duplicate.</param>
public sealed class PostgresInbox(string consumer, NpgsqlDataSource database, OutboxWriter outbox, ILogger<PostgresInbox> logger)
{
    private const int MostAttempts = 5;
    private static readonly TimeSpan DefaultLease = TimeSpan.FromSeconds(60);

    /// <summary>
    /// For effects in the database: inbox row, effects and outgoing messages share one transaction, and the outgoing messages are published right
    /// after its commit. A serialization conflict or a deadlock runs the handler again, at most five times.
    /// </summary>
    /// <typeparam name="T">The record that carries the data.</typeparam>
    /// <param name="handler">Handles the message.</param>
    /// <returns>A handler for <see cref="Consumer.On"/>.</returns>
    public MessageHandler<T> InTransaction<T>(TransactionalHandler<T> handler) => async (message, cancellationToken) =>
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (verdict, committed) = await RunAsync(message, handler, cancellationToken).ConfigureAwait(false);
                await outbox.PublishAsync(committed, cancellationToken).ConfigureAwait(false);
                return verdict;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected && attempt < MostAttempts)
            {
                logger.SerializationConflict(message.Event.Id, attempt);
                await Task.Delay(Backoff.Next(attempt, TimeSpan.FromMilliseconds(20), Random.Shared.NextDouble()), cancellationToken).ConfigureAwait(false);
            }
        }
    };

    /// <summary>
    /// For effects outside the database (mail, HTTP): one delivery at a time holds a lease, and a killed one loses it when the lease runs out.
    /// Give the receiver the message id as its idempotency key: between its effect and our row a crash can still fall.
    /// </summary>
    /// <typeparam name="T">The record that carries the data.</typeparam>
    /// <param name="handler">Handles the message.</param>
    /// <param name="lease">Longer than the handler ever takes; 60 seconds by default.</param>
    /// <returns>A handler for <see cref="Consumer.On"/>.</returns>
    public MessageHandler<T> WithLease<T>(MessageHandler<T> handler, TimeSpan? lease = null) => async (message, cancellationToken) =>
    {
        var claim = await InboxClaim.TryTakeAsync(database, consumer, message.Event.Id, lease ?? DefaultLease, cancellationToken).ConfigureAwait(false);
        switch (claim)
        {
            case { State: InboxClaimState.Done }:
                logger.DuplicateAbsorbed(consumer, message.Event.Id);
                ConsumerMetrics.DuplicateAbsorbed(consumer);
                return Verdict.Done;
            case { State: InboxClaimState.Busy }:
                return new Verdict.Retried("Another delivery of it is being handled.", claim.Remaining, Counts: false);
        }

        var verdict = Verdict.Retry("not handled");
        try
        {
            return verdict = await handler(message, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Not cancelled with the batch: an effect that happened must be remembered, and a lease that is not needed be given back.
            await claim.EndAsync(done: verdict.Acknowledges, CancellationToken.None).ConfigureAwait(false);
        }
    };

    private async Task<(Verdict Verdict, CommittedMessages Committed)> RunAsync<T>(
        Received<T> message, TransactionalHandler<T> handler, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        if (!await TryRecordAsync(transaction, message.Event.Id, cancellationToken).ConfigureAwait(false))
        {
            logger.DuplicateAbsorbed(consumer, message.Event.Id);
            ConsumerMetrics.DuplicateAbsorbed(consumer);
            return (Verdict.Done, CommittedMessages.None);
        }

        var work = new UnitOfWork(transaction, message.Event);
        var verdict = await handler(message, work, cancellationToken).ConfigureAwait(false);
        if (!verdict.Acknowledges)
            return (verdict, CommittedMessages.None);

        var committed = await outbox.AddAsync(transaction, work.Messages, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return (verdict, committed);
    }

    private async Task<bool> TryRecordAsync(NpgsqlTransaction transaction, string messageId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "insert into inbox (consumer, message_id, received, done) values ($1, $2, clock_timestamp(), true) on conflict (consumer, message_id) do nothing",
            transaction.Connection,
            transaction);
        command.AddValues(consumer, messageId);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }
}
