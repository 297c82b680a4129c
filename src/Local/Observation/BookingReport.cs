using System.Text.Json;
using System.Text.Json.Serialization;

namespace Local.Observation;

/// <summary>An amount.</summary>
internal sealed record MoneyReport(decimal Amount, string Currency);

/// <summary>A booking as the database has it, or as it waits.</summary>
internal sealed record BookingRow(
    Guid Id, string Status, string? HotelId, string? RoomType, DateOnly? CheckIn, DateOnly? CheckOut, MoneyReport? Total, string? Reason);

/// <summary>A line of the ledger, in the order of posting.</summary>
internal sealed record LedgerReport(DateTime At, string Entry, string Account, decimal Debit, decimal Credit, string Currency);

/// <summary>A mail in LocalCloud's mailbox.</summary>
internal sealed record MailReport(DateTimeOffset At, string From, IReadOnlyList<string> To, string Subject, string? Text);

/// <summary>A call the partner got.</summary>
internal sealed record PartnerCall(DateTimeOffset At, string Method, string Path, string? IdempotencyKey, JsonElement Body);

/// <summary>The invoice as it lies in the bucket.</summary>
/// <param name="Key">Its place there.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Link">Where this program hands it out.</param>
internal sealed record InvoiceReport(string Key, long Size, string Link);

/// <summary>Everything that happened because of a booking.</summary>
internal sealed record BookingReport(
    BookingRow Booking,
    IReadOnlyList<TimelineEntry> Timeline,
    IReadOnlyList<MailReport> Mails,
    IReadOnlyList<LedgerReport> Ledger,
    IReadOnlyList<PartnerCall> PartnerCalls,
    InvoiceReport? Invoice);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BookingReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
