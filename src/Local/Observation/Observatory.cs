using LocalCloud.Email;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Local.Observation;

/// <summary>Looks into every part of the system for one booking.</summary>
internal sealed class Observatory(string database, Timeline timeline, Mailbox mailbox, PartnerApi partner, Invoices invoices) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(database);

    /// <summary>Null where nothing of the booking is known anywhere.</summary>
    public async Task<BookingReport?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var steps = timeline.Of(id);
        var booking = await BookingAsync(id, cancellationToken);
        if (booking is null && steps.Count == 0)
            return null;
        return new(
            booking ?? new(id, "pending", null, null, null, null, null, null),
            steps,
            [.. mailbox.Mails.Where(m => m.Tags.GetValueOrDefault("booking") == id.ToString()).Select(m => new MailReport(m.At, m.From, m.To, m.Subject, m.Text))],
            await LedgerAsync(id, cancellationToken),
            partner.CallsFor(id),
            await invoices.FindAsync(id, cancellationToken));
    }

    /// <summary>Hands out a booking's invoice, or says 404.</summary>
    public Task WriteInvoiceAsync(Guid id, HttpContext context) => invoices.WriteAsync(id, context);

    public ValueTask DisposeAsync()
    {
        invoices.Dispose();
        return _database.DisposeAsync();
    }

    private async Task<BookingRow?> BookingAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(
            "select status, hotel_id, room_type, check_in, check_out, total, currency, reason from bookings where id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        return new(
            id,
            reader.GetString(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetFieldValue<DateOnly>(3),
            reader.GetFieldValue<DateOnly>(4),
            reader.IsDBNull(5) ? null : new(reader.GetDecimal(5), reader.GetString(6)),
            reader.IsDBNull(7) ? null : reader.GetString(7));
    }

    private async Task<IReadOnlyList<LedgerReport>> LedgerAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(
            "select posted, entry_id, account, debit, credit, currency from ledger where booking_id = $1 order by posted, entry_id, line");
        command.Parameters.Add(new() { Value = id });
        var lines = new List<LedgerReport>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            lines.Add(new(reader.GetDateTime(0), reader.GetString(1), reader.GetString(2), reader.GetDecimal(3), reader.GetDecimal(4), reader.GetString(5)));
        return lines;
    }
}
