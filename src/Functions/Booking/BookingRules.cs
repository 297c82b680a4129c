namespace Functions.Booking;

/// <summary>A room type as a hotel sells it.</summary>
internal sealed record RoomType(int Rooms, Money PricePerNight);

/// <summary>How many rooms are taken for a night.</summary>
internal sealed record NightTaken(DateOnly Night, int Taken);

/// <summary>The answer to a booking.</summary>
internal abstract record Decision
{
    internal sealed record Confirmed(Money Total) : Decision;

    internal sealed record Rejected(string Reason) : Decision;
}

/// <summary>Who gets a room, and for how much. Pure: no database, no clock.</summary>
internal static class BookingRules
{
    /// <summary>A longer stay has no nights to sell: whoever accepts commands may have its own, lower limit.</summary>
    public const int MostNights = 366;

    /// <summary>The nights of a stay: the day of leaving is none of them. None where the stay is longer than <see cref="MostNights"/>.</summary>
    public static IReadOnlyList<DateOnly> Nights(DateOnly checkIn, DateOnly checkOut) => (checkOut.DayNumber - checkIn.DayNumber) is > 0 and <= MostNights and var nights
        ? [.. Enumerable.Range(0, nights).Select(checkIn.AddDays)]
        : [];

    /// <param name="wish">What is asked for.</param>
    /// <param name="hotelExists">Whether the hotel is known.</param>
    /// <param name="roomType">The room type, null where the hotel has none of that name.</param>
    /// <param name="nights">Every night of the stay.</param>
    public static Decision Decide(PlaceBooking wish, bool hotelExists, RoomType? roomType, IReadOnlyList<NightTaken> nights)
    {
        if (!hotelExists)
            return new Decision.Rejected($"There is no hotel '{wish.HotelId}'.");
        if (roomType is null)
            return new Decision.Rejected($"The hotel has no room type '{wish.RoomType}'.");
        if (nights.Count == 0)
            return new Decision.Rejected($"A stay has 1 to {MostNights} nights.");
        if (nights.FirstOrDefault(n => n.Taken >= roomType.Rooms) is { } full)
            return new Decision.Rejected($"No {wish.RoomType} room is free in the night of {full.Night:yyyy-MM-dd}.");
        return new Decision.Confirmed(roomType.PricePerNight with { Amount = roomType.PricePerNight.Amount * nights.Count });
    }
}
