using Messaging.Consuming;
using Messaging.Diagnostics;
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

/// <summary>
/// Remembers what a consumer has answered, so that a message delivered twice has one effect, and its second delivery gets the first one's
/// answer: Done, or Discard with its reason. Every other verdict leaves no trace, and the next delivery runs the handler again.
/// </summary>
/// <remarks>
/// Needs neither Lambda nor SQS: whatever hands over messages calls the handler that <see cref="InTransaction"/> or <see cref="WithLease"/>
/// returns, acknowledges where the verdict <see cref="Verdict.Acknowledges"/>, and delivers again where it does not.
/// <code>
/// var handle = inbox.InTransaction&lt;Invoice&gt;(async (message, work, ct) =&gt;
/// {
///     await using var insert = new NpgsqlCommand("insert into invoices ...", work.Connection, work.Transaction);
///     await insert.ExecuteNonQueryAsync(ct);
///     return Verdict.Done;
/// });
/// var verdict = await handle(new(new(id, source, type, time), invoice, ReceiveCount: 1), ct);
/// </code>
/// It remembers until <see cref="InboxCleanup"/> deletes.
/// </remarks>
/// <param name="consumer">The consumer's name: the same message may be news to another one.</param>
/// <param name="database">Where the inbox is.</param>
/// <param name="outbox">Takes what handlers announce.</param>
/// <param name="logger">Gets a line for each duplicate, and for each lease that is in trouble.</param>
/// <param name="options">Limits.</param>
/// <param name="time">The clock; the system's by default.</param>
public sealed class PostgresInbox(
    string consumer, NpgsqlDataSource database, OutboxWriter outbox, ILogger<PostgresInbox> logger, InboxOptions? options = null, TimeProvider? time = null)
{
    private readonly InboxOptions _options = options ?? new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    // These tell nothing of the message itself, and are no attempts.
    private static Verdict.Retried LeaseLost => new Verdict.Retried("The lease was lost: another delivery's answer counts.", null, Counts: false);

    private static Verdict.Retried Busy(TimeSpan remaining) => new Verdict.Retried("Another delivery of it is being handled.", remaining, Counts: false);

    /// <summary>
    /// For effects in the database: inbox row, effects and outgoing messages share one transaction, and the outgoing messages are published right
    /// after its commit. A serialization conflict or a deadlock runs the handler again, at most five times. Where the connection breaks during the
    /// commit, nobody knows its outcome: the handler throws, the message comes back, and finds either its answer or no trace.
    /// </summary>
    /// <typeparam name="T">The record that carries the data.</typeparam>
    /// <param name="handler">Handles the message.</param>
    /// <returns>A handler for <see cref="Consumer.On"/>.</returns>
    public MessageHandler<T> InTransaction<T>(TransactionalHandler<T> handler) => async (message, cancellationToken) =>
    {
        var begun = false;
        try
        {
            var (verdict, committed) = await Conflict.RetryAsync(
                ct => RunAsync(message, Begin, ct),
                cancellationToken,
                attempt => logger.SerializationConflict(message.Event.Id, attempt)).ConfigureAwait(false);
            await outbox.PublishAsync(committed, cancellationToken).ConfigureAwait(false);
            return verdict;
        }
        catch (Exception e) when (!begun && IsAway(e))
        {
            return NotBegun(message.Event.Id, e);
        }

        Task<Verdict> Begin(Received<T> received, UnitOfWork work, CancellationToken ct)
        {
            begun = true;
            return handler(received, work, ct);
        }
    };

    /// <summary>
    /// For effects outside the database (mail, HTTP): one delivery at a time holds a lease, renews it while the handler runs, and loses it when
    /// its process is killed. A handler whose lease is lost all the same, as after a pause of the whole process, is cancelled, and whatever it
    /// answers, the message comes back: the other delivery's answer counts. Give the receiver the message id as its idempotency key: between its
    /// effect and our row a crash, or a database that is away, can still fall, and then the effect is asked for a second time.
    /// </summary>
    /// <typeparam name="T">The record that carries the data.</typeparam>
    /// <param name="handler">Handles the message. Its token is cancelled with the batch, or when the lease is lost.</param>
    /// <returns>A handler for <see cref="Consumer.On"/>.</returns>
    public MessageHandler<T> WithLease<T>(MessageHandler<T> handler) => async (message, cancellationToken) =>
    {
        InboxLease? taken;
        Verdict? answer;
        TimeSpan busyFor;
        try
        {
            FailPoint.Before(Step.Inbox);
            (taken, answer, busyFor) = await InboxLease.TakeAsync(
                database, consumer, message.Event.Id, _options.Lease, _time, logger, cancellationToken).ConfigureAwait(false);
            FailPoint.After(Step.Inbox);
        }
        catch (Exception e) when (IsAway(e))
        {
            return NotBegun(message.Event.Id, e);
        }

        if (taken is null)
            return Absorb(message.Event.Id, answer, busyFor);

        await using var lease = taken;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, cancellationToken);
        Verdict verdict;
        try
        {
            FailPoint.Before(Step.Effect);
            verdict = await handler(message, stop.Token).ConfigureAwait(false);
            FailPoint.After(Step.Effect);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Where nobody has taken the message, the next delivery can start at once.
            await lease.TryGiveBackAsync().ConfigureAwait(false);
            return LeaseLost;
        }
        catch
        {
            await lease.TryGiveBackAsync().ConfigureAwait(false);
            throw;
        }

        FailPoint.Before(Step.Commit);
        var held = verdict.Acknowledges
            ? await lease.TryRememberAsync(verdict).ConfigureAwait(false)
            : await lease.TryGiveBackAsync().ConfigureAwait(false);
        FailPoint.After(Step.Commit);
        return held ? verdict : LeaseLost;
    };

    // Not what the database has against the message itself: that would come back for ever.
    private static bool IsAway(Exception exception) => exception is OperationCanceledException or NpgsqlException { IsTransient: true };

    private Verdict.Retried NotBegun(string messageId, Exception exception)
    {
        logger.InboxAway(exception, consumer, messageId);
        return new("The inbox did not answer in time.", null, exception.GetType().Name, Counts: false);
    }

    private async Task<(Verdict Verdict, CommittedMessages Committed)> RunAsync<T>(
        Received<T> message, TransactionalHandler<T> handler, CancellationToken cancellationToken)
    {
        var id = message.Event.Id;
        await using var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        FailPoint.Before(Step.Inbox);
        var isNew = await InboxTable.ChangeAsync(connection, InboxTable.Record, [consumer, id], cancellationToken).ConfigureAwait(false);
        FailPoint.After(Step.Inbox);
        if (!isNew)
        {
            var (answer, busyFor) = await InboxTable.FindAsync(connection, consumer, id, cancellationToken).ConfigureAwait(false);
            return (Absorb(id, answer, busyFor), CommittedMessages.None);
        }

        var work = new UnitOfWork(transaction, message.Event);
        FailPoint.Before(Step.Effect);
        var verdict = await handler(message, work, cancellationToken).ConfigureAwait(false);
        FailPoint.After(Step.Effect);
        if (!verdict.Acknowledges)
            return (verdict, CommittedMessages.None);

        if (InboxTable.ReasonOf(verdict) is string reason)
            await InboxTable.ChangeAsync(connection, InboxTable.RememberReason, [consumer, id, reason], cancellationToken).ConfigureAwait(false);
        else if (work.Messages.Count == 0)
            await InboxTable.ProbeAsync(connection, cancellationToken).ConfigureAwait(false);
        var committed = await outbox.AddAsync(transaction, work.Messages, cancellationToken).ConfigureAwait(false);
        FailPoint.Before(Step.Commit);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        FailPoint.After(Step.Commit);
        return (verdict, committed);
    }

    private Verdict Absorb(string messageId, Verdict? answer, TimeSpan busyFor)
    {
        if (answer is null)
            return Busy(busyFor);
        logger.DuplicateAbsorbed(consumer, messageId);
        ConsumerMetrics.DuplicateAbsorbed(consumer);
        return answer;
    }
}
