namespace Contracts;

/// <summary>Ask which rooms are free in every night of a stay.</summary>
/// <param name="HotelId">The hotel.</param>
/// <param name="RoomType">The room type.</param>
/// <param name="CheckIn">The first night.</param>
/// <param name="CheckOut">The day of leaving: its night is not part of the stay.</param>
public sealed record FindAvailability(string HotelId, string RoomType, DateOnly CheckIn, DateOnly CheckOut);

/// <summary>What is free as it is asked: a booking may find less.</summary>
/// <param name="Rooms">Free in every night.</param>
/// <param name="Total">The price of one room for all nights; null where the hotel has no such rooms at all.</param>
public sealed record RoomsAvailable(int Rooms, Money? Total);
