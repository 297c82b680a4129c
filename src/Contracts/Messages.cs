namespace Contracts;

/// <summary>Every message of the system, a line each.</summary>
public static class Messages
{
    /// <summary>All of the below.</summary>
    public static IReadOnlyList<Contract> All => field ??=
    [
        PlaceBooking, CancelBooking,
        BookingConfirmed, BookingRejected, BookingCancelled,
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
}
