namespace Contracts;

/// <summary>Write the invoice of a confirmed booking. It says all that stands in it, so that whoever writes it twice writes the same.</summary>
/// <param name="BookingId">The booking, and the invoice's number.</param>
/// <param name="Issued">The invoice's date.</param>
/// <param name="HotelId">The hotel.</param>
/// <param name="RoomType">The room type.</param>
/// <param name="CheckIn">The first night.</param>
/// <param name="CheckOut">The day of leaving.</param>
/// <param name="Guest">Who pays.</param>
/// <param name="Total">The price of all nights.</param>
public sealed record IssueInvoice(
    Guid BookingId, DateOnly Issued, string HotelId, string RoomType, DateOnly CheckIn, DateOnly CheckOut, Guest Guest, Money Total);
