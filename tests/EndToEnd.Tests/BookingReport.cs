using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EndToEnd.Tests;

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class NodeJson : JsonSerializerContext;

/// <summary>The answer of <c>GET /local/bookings/{id}</c>.</summary>
internal sealed record BookingReport(JsonNode Json)
{
    public string Status => (string)Json["booking"]!["status"]!;

    public string? Reason => (string?)Json["booking"]!["reason"];

    public IReadOnlyList<string> Mails => [.. Json["mails"]!.AsArray().Select(m => (string)m!["subject"]!)];

    public IReadOnlyList<(string Account, decimal Debit, decimal Credit)> Ledger =>
        [.. Json["ledger"]!.AsArray().Select(l => ((string)l!["account"]!, (decimal)l["debit"]!, (decimal)l["credit"]!))];

    public IReadOnlyList<(string Key, string Status)> PartnerCalls =>
        [.. Json["partnerCalls"]!.AsArray().Select(c => ((string)c!["idempotencyKey"]!, (string)c["body"]!["status"]!))];

    public IReadOnlyList<string> Steps => [.. Json["timeline"]!.AsArray().Select(e => (string)e!["step"]!)];

    public JsonNode? Invoice => Json["invoice"];

    /// <summary>All that a confirmed booking leads to has happened.</summary>
    public bool IsConfirmedEverywhere => Status == "confirmed" && Mails.Count >= 1 && Ledger.Count >= 2 && PartnerCalls.Count >= 1 && Invoice is not null;

    /// <summary>All that a cancelled booking leads to has happened.</summary>
    public bool IsCancelledEverywhere => Status == "cancelled" && Mails.Count >= 2 && Ledger.Count >= 4 && PartnerCalls.Count >= 2;
}
