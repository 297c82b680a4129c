namespace Contracts;

/// <summary>Every message of the system, a line each.</summary>
public static class Messages
{
    /// <summary>All of the below.</summary>
    public static IReadOnlyList<Contract> All => field ??=
    [
        PlaceBooking, CancelBooking,
        BookingConfirmed, BookingRejected, BookingCancelled,
        IssueInvoice, ReportRevenue, SumRevenue, JoinRevenue,
        FindAvailability, RoomsAvailable,
    ];

    /// <summary>Command: book a room.</summary>
    public static Contract<PlaceBooking> PlaceBooking { get; } =
        new("booking.place.v1", MessageJson.Default.PlaceBooking, m => m.BookingId.ToString(), Destinations.BookingCommands) { Senders = ["BookingApi"] };

    /// <summary>Command: cancel a booking, behind its own placing.</summary>
    public static Contract<CancelBooking> CancelBooking { get; } =
        new("booking.cancel.v1", MessageJson.Default.CancelBooking, m => m.BookingId.ToString(), Destinations.BookingCommands) { Senders = ["BookingApi"] };

    /// <summary>Event: the nights are taken and the price is fixed.</summary>
    public static Contract<BookingConfirmed> BookingConfirmed { get; } =
        new("booking.confirmed.v1", MessageJson.Default.BookingConfirmed, m => m.BookingId.ToString(), Destinations.BookingEvents, Destinations.BookingLedger)
        { Senders = ["Booking"], Attributes = [new("hotel", m => m.HotelId)] };

    /// <summary>Event: the booking could not be made.</summary>
    public static Contract<BookingRejected> BookingRejected { get; } =
        new("booking.rejected.v1", MessageJson.Default.BookingRejected, m => m.BookingId.ToString(), Destinations.BookingEvents)
        { Senders = ["Booking"], Attributes = [new("hotel", m => m.HotelId)] };

    /// <summary>Event: a confirmed booking was cancelled and its nights given back.</summary>
    public static Contract<BookingCancelled> BookingCancelled { get; } =
        new("booking.cancelled.v1", MessageJson.Default.BookingCancelled, m => m.BookingId.ToString(), Destinations.BookingEvents, Destinations.BookingLedger)
        { Senders = ["Booking"], Attributes = [new("hotel", m => m.HotelId)] };

    /// <summary>Task: write the invoice of a booking.</summary>
    public static Contract<IssueInvoice> IssueInvoice { get; } =
        new("invoice.issue.v1", MessageJson.Default.IssueInvoice, m => m.BookingId.ToString(), Destinations.Tasks) { Senders = ["Booking"] };

    /// <summary>Task: report what the hotels have earned in a month. It is split into a <see cref="SumRevenue"/> for each of them.</summary>
    public static Contract<ReportRevenue> ReportRevenue { get; } =
        new("revenue.report.v1", MessageJson.Default.ReportRevenue, m => m.RunId.ToString(), Destinations.Tasks) { Senders = ["BookingApi"] };

    /// <summary>Task: one hotel's part of the report.</summary>
    public static Contract<SumRevenue> SumRevenue { get; } =
        new("revenue.sum.v1", MessageJson.Default.SumRevenue, m => $"{m.RunId}.{m.Part}", Destinations.Tasks) { Senders = ["Worker"] };

    /// <summary>Task: put the parts together, once the last of them is done.</summary>
    public static Contract<JoinRevenue> JoinRevenue { get; } =
        new("revenue.join.v1", MessageJson.Default.JoinRevenue, m => m.RunId.ToString(), Destinations.Tasks) { Senders = ["Worker"] };

    /// <summary>Request: which rooms are free.</summary>
    public static Contract<FindAvailability> FindAvailability { get; } =
        new("availability.find.v1", MessageJson.Default.FindAvailability, m => m.HotelId, Destinations.Availability) { Senders = ["BookingApi"] };

    /// <summary>Reply: how many rooms are free, and what they cost.</summary>
    public static Contract<RoomsAvailable> RoomsAvailable { get; } =
        new("availability.found.v1", MessageJson.Default.RoomsAvailable, _ => "reply", Destinations.AvailabilityReplies) { Senders = ["Availability"] };
}
