using Messaging.Inbox;
using Npgsql;
using NpgsqlTypes;

namespace Functions.Finance;

/// <summary>Keeps the books: an entry for each message, in the message's own transaction.</summary>
internal static class FinanceHandler
{
    public static Task<Verdict> ConfirmedAsync(Received<BookingConfirmed> message, UnitOfWork work, CancellationToken cancellationToken) =>
        PostAsync(work, message.Data.BookingId, Journal.Confirmed(message.Data.HotelId, message.Data.Total), cancellationToken);

    public static Task<Verdict> CancelledAsync(Received<BookingCancelled> message, UnitOfWork work, CancellationToken cancellationToken) =>
        PostAsync(work, message.Data.BookingId, Journal.Cancelled(message.Data.HotelId, message.Data.Total), cancellationToken);

    private static async Task<Verdict> PostAsync(UnitOfWork work, Guid bookingId, IReadOnlyList<LedgerLine> lines, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into ledger (booking_id, entry_id, line, account, debit, credit, currency, posted)
            select $1, $2, n.line, n.account, n.debit, n.credit, n.currency, clock_timestamp()
            from unnest($3, $4, $5, $6, $7) as n (line, account, debit, credit, currency)
            """,
            work.Connection,
            work.Transaction)
        {
            Parameters =
            {
                new() { Value = bookingId },
                new() { Value = work.Cause.Id },
                Array(NpgsqlDbType.Smallint, Enumerable.Range(1, lines.Count).Select(i => (short)i)),
                Array(NpgsqlDbType.Text, lines.Select(l => l.Account)),
                Array(NpgsqlDbType.Numeric, lines.Select(l => l.Debit)),
                Array(NpgsqlDbType.Numeric, lines.Select(l => l.Credit)),
                Array(NpgsqlDbType.Text, lines.Select(l => l.Currency)),
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
        return Verdict.Done;
    }

    private static NpgsqlParameter Array<T>(NpgsqlDbType type, IEnumerable<T> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}
