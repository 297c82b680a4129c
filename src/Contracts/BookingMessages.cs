namespace Contracts;

/// <summary>Who stays. Personal data: it never reaches a log.</summary>
/// <param name="Name">As the guest writes it, 1 to 100 characters.</param>
/// <param name="Email">Where the answer goes.</param>
public sealed record Guest(string Name, string Email)
{
    /// <summary>Says nothing: a guest that is formatted by accident stays out of logs and exceptions.</summary>
    public override string ToString() => "Guest { … }";
}

/// <summary>An amount in a currency.</summary>
/// <param name="Amount">In the currency's main unit, at most two decimals.</param>
/// <param name="Currency">ISO 4217, three letters.</param>
public sealed record Money(decimal Amount, string Currency);

/// <summary>Book one room of a type for some nights.</summary>
/// <param name="BookingId">UUIDv7, made before the command is accepted.</param>
/// <param name="HotelId">The hotel.</param>
/// <param name="RoomType">A room type of that hotel.</param>
/// <param name="CheckIn">The first night.</param>
/// <param name="CheckOut">The day of leaving: its night is not part of the stay.</param>
/// <param name="Guest">Who stays.</param>
public sealed record PlaceBooking(Guid BookingId, string HotelId, string RoomType, DateOnly CheckIn, DateOnly CheckOut, Guest Guest);

/// <summary>Cancel a booking.</summary>
/// <param name="BookingId">The booking.</param>
public sealed record CancelBooking(Guid BookingId);

/// <summary>A booking that holds its nights.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="HotelId">The hotel.</param>
/// <param name="RoomType">The room type.</param>
/// <param name="CheckIn">The first night.</param>
/// <param name="CheckOut">The day of leaving.</param>
/// <param name="Guest">Who stays.</param>
/// <param name="Total">The price of all nights.</param>
public sealed record BookingConfirmed(
    Guid BookingId, string HotelId, string RoomType, DateOnly CheckIn, DateOnly CheckOut, Guest Guest, Money Total);

/// <summary>A booking that was not made.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="HotelId">The hotel asked for.</param>
/// <param name="RoomType">The room type asked for.</param>
/// <param name="CheckIn">The first night asked for.</param>
/// <param name="CheckOut">The day of leaving asked for.</param>
/// <param name="Guest">Who wanted to stay.</param>
/// <param name="Reason">A sentence for the guest.</param>
public sealed record BookingRejected(
    Guid BookingId, string HotelId, string RoomType, DateOnly CheckIn, DateOnly CheckOut, Guest Guest, string Reason);

/// <summary>A confirmed booking that was given up.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="HotelId">The hotel.</param>
/// <param name="RoomType">The room type.</param>
/// <param name="CheckIn">The first night.</param>
/// <param name="CheckOut">The day of leaving.</param>
/// <param name="Guest">Who wanted to stay.</param>
/// <param name="Total">What is given back.</param>
public sealed record BookingCancelled(
    Guid BookingId, string HotelId, string RoomType, DateOnly CheckIn, DateOnly CheckOut, Guest Guest, Money Total);
