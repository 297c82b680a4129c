using System.Security.Cryptography;
using System.Text;
using Messaging.Parking;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>
/// The messages that could not be published, kept in the database until somebody decides about them. Later messages of the same key and
/// destination wait meanwhile. Every act is one transaction with its entry in the audit, and is done once, whoever else acts at the same time.
/// </summary>
/// <param name="database">Where the outbox is.</param>
/// <param name="logger">Gets a line for each act.</param>
public sealed class OutboxDeadLetters(NpgsqlDataSource database, ILogger<OutboxDeadLetters> logger)
{
    // DSQL takes 10 MiB of changes in a transaction, and each body is a row that goes and a row that comes.
    private const int LettersInTransaction = 16;

    private const int LargestPage = 1_000;

    /// <summary>Dead letters by destination, key and id.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>A page; an empty one is behind the last.</returns>
    public Task<IReadOnlyList<OutboxDeadLetter>> ListAsync(OutboxDeadLetterQuery query, CancellationToken cancellationToken) =>
        DeadLetterTable.PageAsync(database, query, cancellationToken);

    /// <summary>One dead letter.</summary>
    /// <param name="destination">The logical name of the topic or queue.</param>
    /// <param name="messageId">The envelope's id.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>It, or null where it is not there.</returns>
    public Task<OutboxDeadLetter?> FindAsync(string destination, string messageId, CancellationToken cancellationToken) =>
        DeadLetterTable.FindAsync(database, destination, messageId, cancellationToken);

    /// <summary>Reads the body, which may hold personal data: the audit remembers who did.</summary>
    /// <param name="letter">The dead letter, as it was read.</param>
    /// <param name="actor">Who acts: 1 to 256 characters.</param>
    /// <param name="note">What the audit should say besides, up to 1,024 characters.</param>
    /// <param name="cancellationToken">Cancels the act.</param>
    /// <returns>The whole envelope, or null where the dead letter is not there any more as it was read.</returns>
    /// <exception cref="ArgumentException">Actor or note is out of its range.</exception>
    public Task<string?> InspectAsync(OutboxDeadLetter letter, string actor, string? note, CancellationToken cancellationToken)
    {
        var signature = Signature.Of(actor, note);
        return ActAsync(OutboxAct.Inspected, letter, ReadAsync, cancellationToken);

        async Task<string?> ReadAsync(NpgsqlTransaction transaction)
        {
            var body = await DeadLetterTable.BodyAsync(transaction, letter, cancellationToken).ConfigureAwait(false);
            if (body is not null)
                await AuditTable.WriteAsync(transaction, OutboxAct.Inspected, signature, [AuditedMessage.Of(letter)], cancellationToken).ConfigureAwait(false);
            return body;
        }
    }

    /// <summary>Replaces the body. Id, type, partition key and encryption must stay.</summary>
    /// <param name="letter">The dead letter, as it was read.</param>
    /// <param name="body">A whole envelope, up to 255 KiB of UTF-8.</param>
    /// <param name="actor">Who acts: 1 to 256 characters.</param>
    /// <param name="note">What the audit should say besides, up to 1,024 characters.</param>
    /// <param name="cancellationToken">Cancels the act.</param>
    /// <returns>The dead letter as it is now, or null where it is not there any more as it was read.</returns>
    /// <exception cref="ArgumentException">The body is no such envelope, or actor or note is out of its range. Nothing was changed.</exception>
    public Task<OutboxDeadLetter?> EditAsync(OutboxDeadLetter letter, string body, string actor, string? note, CancellationToken cancellationToken)
    {
        var signature = Signature.Of(actor, note);
        var utf8 = EditedBody.Check(letter, body);
        return ActAsync(OutboxAct.Edited, letter, ReplaceAsync, cancellationToken);

        async Task<OutboxDeadLetter?> ReplaceAsync(NpgsqlTransaction transaction)
        {
            // The update has the same condition, which an edit in between would break: this is the body that it replaces.
            if (await DeadLetterTable.BodyAsync(transaction, letter, cancellationToken).ConfigureAwait(false) is not { } old)
                return null;
            EditedBody.RefuseInTheClear(letter, old, utf8);
            if (!await DeadLetterTable.SetBodyAsync(transaction, letter, body, cancellationToken).ConfigureAwait(false))
                return null;
            var message = AuditedMessage.Of(letter) with { Sha256Before = Sha256(Encoding.UTF8.GetBytes(old)), Sha256After = Sha256(utf8) };
            await AuditTable.WriteAsync(transaction, OutboxAct.Edited, signature, [message], cancellationToken).ConfigureAwait(false);
            return letter with { Bytes = utf8.Length, Edits = letter.Edits + 1 };
        }
    }

    /// <summary>
    /// Puts a message back into the outbox, at its old place in its key's order and with all its tries: the relay publishes it at its next sweep.
    /// It waits there for older messages of its key that are dead letters still.
    /// </summary>
    /// <param name="letter">The dead letter, as it was read.</param>
    /// <param name="actor">Who acts: 1 to 256 characters.</param>
    /// <param name="note">What the audit should say besides, up to 1,024 characters.</param>
    /// <param name="cancellationToken">Cancels the act.</param>
    /// <returns>False where it is not there any more as it was read.</returns>
    /// <exception cref="ArgumentException">Actor or note is out of its range.</exception>
    public async Task<bool> ReplayAsync(OutboxDeadLetter letter, string actor, string? note, CancellationToken cancellationToken)
    {
        var signature = Signature.Of(actor, note);
        return await ActAsync(OutboxAct.Replayed, letter, PutBackAsync, cancellationToken).ConfigureAwait(false) is not null;

        async Task<OutboxDeadLetter?> PutBackAsync(NpgsqlTransaction transaction)
        {
            var taken = await DeadLetterTable.TakeAsync(transaction, letter, cancellationToken).ConfigureAwait(false);
            await LaneChanges.PutBackAsync(transaction, taken, cancellationToken).ConfigureAwait(false);
            return await RecordAsync(transaction, OutboxAct.Replayed, signature, taken, cancellationToken).ConfigureAwait(false) > 0 ? letter : null;
        }
    }

    /// <summary>
    /// Puts all dead letters of a destination, or of one key of it, back into the outbox, a few in a transaction. Those that are parked after the
    /// call began stay.
    /// </summary>
    /// <param name="destination">The logical name of the topic or queue.</param>
    /// <param name="key">Only those of this key; null for all.</param>
    /// <param name="actor">Who acts: 1 to 256 characters.</param>
    /// <param name="note">What the audit should say besides, up to 1,024 characters.</param>
    /// <param name="cancellationToken">Stops between and within transactions; what was replayed before stays replayed.</param>
    /// <returns>How many were replayed.</returns>
    /// <exception cref="ArgumentException">Destination or key is empty, or actor or note is out of its range.</exception>
    public async Task<int> ReplayAllAsync(string destination, string? key, string actor, string? note, CancellationToken cancellationToken)
    {
        // An empty one would mean every destination, or every key.
        ArgumentException.ThrowIfNullOrEmpty(destination);
        if (key is "")
            throw new ArgumentException("The key is empty. Name one, or leave it null for all of the destination.", nameof(key));
        var signature = Signature.Of(actor, note);
        await using var clock = database.CreateCommand("select clock_timestamp()");
        var start = (DateTime)(await clock.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        var query = new OutboxDeadLetterQuery { Destination = destination, Key = key, PageSize = LettersInTransaction };
        var replayed = 0;
        while (await ListAsync(query, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            replayed += await GroupTransaction.RunAsync(database, transaction => PutBackAsync(transaction, page), cancellationToken).ConfigureAwait(false);
            query = query with { After = page[^1] };
        }

        if (replayed > 0)
            logger.DeadLettersReplayed(replayed, destination);
        return replayed;

        async Task<int> PutBackAsync(NpgsqlTransaction transaction, IReadOnlyList<OutboxDeadLetter> page)
        {
            var taken = await DeadLetterTable.TakeAsync(transaction, page, start, cancellationToken).ConfigureAwait(false);
            await LaneChanges.PutBackAsync(transaction, taken, cancellationToken).ConfigureAwait(false);
            return await RecordAsync(transaction, OutboxAct.Replayed, signature, taken, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes a message for good; only its entries in the audit are kept. The later messages of its key are free to leave.</summary>
    /// <param name="letter">The dead letter, as it was read.</param>
    /// <param name="actor">Who acts: 1 to 256 characters.</param>
    /// <param name="note">What the audit should say besides, up to 1,024 characters.</param>
    /// <param name="cancellationToken">Cancels the act.</param>
    /// <returns>False where it is not there any more as it was read.</returns>
    /// <exception cref="ArgumentException">Actor or note is out of its range.</exception>
    public async Task<bool> DiscardAsync(OutboxDeadLetter letter, string actor, string? note, CancellationToken cancellationToken)
    {
        var signature = Signature.Of(actor, note);
        return await ActAsync(OutboxAct.Discarded, letter, TakeAsync, cancellationToken).ConfigureAwait(false) is not null;

        async Task<OutboxDeadLetter?> TakeAsync(NpgsqlTransaction transaction)
        {
            var taken = await DeadLetterTable.TakeAsync(transaction, letter, cancellationToken).ConfigureAwait(false);
            return await RecordAsync(transaction, OutboxAct.Discarded, signature, taken, cancellationToken).ConfigureAwait(false) > 0 ? letter : null;
        }
    }

    /// <summary>What was done to a message, the oldest act first: also after it was replayed or discarded, for as long as the audit remembers.</summary>
    /// <param name="destination">The logical name of the topic or queue.</param>
    /// <param name="messageId">The envelope's id.</param>
    /// <param name="after">The last entry of the page before; null for the first page.</param>
    /// <param name="limit">Entries a page, 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>A page; an empty one is behind the last.</returns>
    public Task<IReadOnlyList<OutboxAuditEntry>> AuditAsync(
        string destination, string messageId, OutboxAuditEntry? after, int limit, CancellationToken cancellationToken) => limit is >= 1 and <= LargestPage
            ? AuditTable.PageAsync(database, destination, messageId, after, limit, cancellationToken)
            : throw new ArgumentOutOfRangeException(nameof(limit), limit, "A page has 1 to 1,000 entries.");

    private static string Sha256(byte[] utf8) => Convert.ToHexStringLower(SHA256.HashData(utf8));

    /// <summary>Tells the relays and the audit of messages that are no dead letters any more.</summary>
    private static async Task<int> RecordAsync(
        NpgsqlTransaction transaction, OutboxAct act, Signature signature, IReadOnlyList<TakenLetter> taken, CancellationToken cancellationToken)
    {
        if (taken.Count == 0)
            return 0;
        await LaneChanges.CountAsync(transaction, taken, cancellationToken).ConfigureAwait(false);
        await AuditTable.WriteAsync(transaction, act, signature, [.. taken.Select(l => AuditedMessage.Of(l.Lane.Destination, l.Message))], cancellationToken).ConfigureAwait(false);
        return taken.Count;
    }

    private async Task<T?> ActAsync<T>(OutboxAct act, OutboxDeadLetter letter, Func<NpgsqlTransaction, Task<T?>> work, CancellationToken cancellationToken)
        where T : class
    {
        var result = await GroupTransaction.RunAsync(database, work, cancellationToken).ConfigureAwait(false);
        if (result is not null)
            logger.DeadLetterActed(act, letter.MessageId, letter.Destination);
        return result;
    }
}
