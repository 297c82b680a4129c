using Npgsql;

namespace Functions.Availability;

/// <summary>Looks up which rooms are free. It only reads, so a request that comes twice needs no inbox.</summary>
internal sealed class AvailabilityHandler(NpgsqlDataSource database)
{
    private static readonly RoomsAvailable Unknown = new(0, null);

    public async Task<RoomsAvailable> FindAsync(Received<FindAvailability> request, CancellationToken cancellationToken)
    {
        var stay = request.Data;
        var nights = stay.CheckOut.DayNumber - stay.CheckIn.DayNumber;
        if (nights < 1)
            return Unknown;

        await using var command = database.CreateCommand(
            """
            select t.rooms, t.price, t.currency,
                   (select coalesce(max(n.taken), 0) from room_nights n
                    where n.hotel_id = t.hotel_id and n.room_type = t.room_type and n.night >= $3 and n.night < $4)
            from room_types t where t.hotel_id = $1 and t.room_type = $2
            """);
        foreach (var value in (ReadOnlySpan<object>)[stay.HotelId, stay.RoomType, stay.CheckIn, stay.CheckOut])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(Math.Max(0, reader.GetInt32(0) - reader.GetInt32(3)), new(reader.GetDecimal(1) * nights, reader.GetString(2)))
            : Unknown;
    }
}
