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

/// <summary>Report a month's revenue.</summary>
/// <param name="Month">Written as 2027-03.</param>
/// <param name="RunId">This run of the report; a later one of the same month takes its place.</param>
public sealed record ReportRevenue(string Month, Guid RunId);

/// <summary>Add up what one hotel has earned in a month.</summary>
/// <param name="Month">Written as 2027-03.</param>
/// <param name="RunId">The run.</param>
/// <param name="Part">Its number in the run, from 1.</param>
/// <param name="HotelId">The hotel.</param>
public sealed record SumRevenue(string Month, Guid RunId, int Part, string HotelId);

/// <summary>Write the report: all its parts are done.</summary>
/// <param name="Month">Written as 2027-03.</param>
/// <param name="RunId">The run.</param>
public sealed record JoinRevenue(string Month, Guid RunId);
