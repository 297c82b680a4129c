using System.Globalization;

namespace Functions.Worker.Revenue;

/// <summary>A month of the books, by UTC.</summary>
/// <param name="From">Its first instant.</param>
/// <param name="To">The next month's.</param>
internal readonly record struct RevenueMonth(DateTime From, DateTime To)
{
    /// <exception cref="FormatException">The text is not written as 2027-03.</exception>
    public static RevenueMonth Of(string month)
    {
        var first = DateTime.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        return new(first, first.AddMonths(1));
    }
}
