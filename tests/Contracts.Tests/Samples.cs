using Functions;
using Messaging.Publishing;

namespace Contracts.Tests;

/// <summary>A message of each contract, for what is judged by examples.</summary>
internal static class Samples
{
    public static BookingConfirmed Confirmed { get; } = new(
        Guid.Parse("0197a9c0-7d00-7000-8000-000000000001"), "hotel-1", "double", new(2027, 3, 1), new(2027, 3, 3), new("Ada Lovelace", "ada@example.com"), new(240.00m, "EUR"));

    public static BookingRejected Rejected { get; } = new(
        Confirmed.BookingId, Confirmed.HotelId, Confirmed.RoomType, Confirmed.CheckIn, Confirmed.CheckOut, Confirmed.Guest, "The hotel is full.");

    public static BookingCancelled Cancelled { get; } = new(
        Confirmed.BookingId, Confirmed.HotelId, Confirmed.RoomType, Confirmed.CheckIn, Confirmed.CheckOut, Confirmed.Guest, Confirmed.Total);

    /// <summary>By type. What a subscription is judged with is here.</summary>
    public static OutgoingMessage Of(string type) => type switch
    {
        "booking.confirmed.v1" => Of(Messages.BookingConfirmed, Confirmed),
        "booking.rejected.v1" => Of(Messages.BookingRejected, Rejected),
        "booking.cancelled.v1" => Of(Messages.BookingCancelled, Cancelled),
        _ => throw new ArgumentException($"There is no sample of {type}. Add one here.", nameof(type)),
    };

    /// <summary>A message of this data.</summary>
    public static OutgoingMessage Of<T>(Contract<T> contract, T data, string? id = null) =>
        contract.ToMessage(data, new(id ?? Guid.NewGuid().ToString(), "/tests", contract.Type, DateTimeOffset.UnixEpoch));
}
