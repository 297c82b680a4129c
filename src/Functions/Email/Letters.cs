using System.Globalization;

namespace Functions.Email;

/// <summary>A mail to a guest.</summary>
internal sealed record Letter(string Subject, string Text);

/// <summary>What guests read. Pure.</summary>
internal static class Letters
{
    public static Letter Confirmed(BookingConfirmed booking) => new(
        "Your booking is confirmed",
        $"""
        Dear {booking.Guest.Name},

        your {booking.RoomType} room in {booking.HotelId} is booked from {Day(booking.CheckIn)} to {Day(booking.CheckOut)}.
        The total is {Amount(booking.Total)}.

        Booking {booking.BookingId}
        """);

    public static Letter Rejected(BookingRejected booking) => new(
        "Your booking could not be made",
        $"""
        Dear {booking.Guest.Name},

        we could not book a {booking.RoomType} room in {booking.HotelId} from {Day(booking.CheckIn)} to {Day(booking.CheckOut)} for you:
        {booking.Reason}

        Booking {booking.BookingId}
        """);

    public static Letter Cancelled(BookingCancelled booking) => new(
        "Your booking is cancelled",
        $"""
        Dear {booking.Guest.Name},

        your {booking.RoomType} room in {booking.HotelId} from {Day(booking.CheckIn)} to {Day(booking.CheckOut)} is cancelled.
        You get {Amount(booking.Total)} back.

        Booking {booking.BookingId}
        """);

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Amount(Money money) => $"{money.Amount.ToString("0.00", CultureInfo.InvariantCulture)} {money.Currency}";
}
