using System.Globalization;

namespace Functions.Worker.Invoices;

/// <summary>What an invoice looks like. Pure: the same task is the same bytes.</summary>
internal static class Invoice
{
    // From the left and the lower edge of an A4 page, in points.
    private const int Left = 72;
    private const int Right = 523;

    public static byte[] Render(IssueInvoice invoice)
    {
        var nights = invoice.CheckOut.DayNumber - invoice.CheckIn.DayNumber;
        var page = new PdfPage();
        page.Text(Left, 750, 20, "Invoice", bold: true);
        page.Text(Left, 724, 10, $"Number {invoice.BookingId}");
        page.Text(Left, 710, 10, $"Date {Day(invoice.Issued)}");
        page.Text(Left, 670, 11, invoice.Guest.Name);
        page.Text(Left, 656, 11, invoice.Guest.Email);
        page.Line(Left, Right, 620);
        page.Text(Left, 600, 11, $"{invoice.HotelId}, {invoice.RoomType} room");
        page.Text(Left, 584, 11, $"{Day(invoice.CheckIn)} to {Day(invoice.CheckOut)}, {nights} {(nights == 1 ? "night" : "nights")}");
        page.Line(Left, Right, 568);
        page.Text(Left, 548, 12, "Total", bold: true);
        page.Text(Right - 123, 548, 12, string.Create(CultureInfo.InvariantCulture, $"{invoice.Total.Amount:0.00} {invoice.Total.Currency}"), bold: true);
        return page.ToDocument($"Invoice {invoice.BookingId}");
    }

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
