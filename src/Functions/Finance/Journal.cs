namespace Functions.Finance;

/// <summary>A line of the ledger: an amount on one side of one account.</summary>
internal sealed record LedgerLine(string Account, decimal Debit, decimal Credit, string Currency);

/// <summary>What a booking means for the books. Pure.</summary>
internal static class Journal
{
    private const string Receivables = "receivables";

    /// <summary>The guest owes, the hotel has earned.</summary>
    public static IReadOnlyList<LedgerLine> Confirmed(string hotelId, Money total) =>
    [
        new(Receivables, total.Amount, 0, total.Currency),
        new(Revenue(hotelId), 0, total.Amount, total.Currency),
    ];

    /// <summary>The same with sides changed: books are never corrected by taking lines away.</summary>
    public static IReadOnlyList<LedgerLine> Cancelled(string hotelId, Money total) =>
        [.. Confirmed(hotelId, total).Select(line => line with { Debit = line.Credit, Credit = line.Debit })];

    private static string Revenue(string hotelId) => $"revenue:{hotelId}";
}
