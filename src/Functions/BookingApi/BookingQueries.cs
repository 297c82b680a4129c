using Npgsql;

namespace Functions.BookingApi;

/// <summary>What the API reads.</summary>
internal sealed class BookingQueries(NpgsqlDataSource database)
{
    /// <summary>Null where the booking has not been decided.</summary>
    public async Task<BookingView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select status, hotel_id, room_type, check_in, check_out, total, currency, reason from bookings where id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        return new(
            id,
            reader.GetString(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetFieldValue<DateOnly>(3),
            reader.GetFieldValue<DateOnly>(4),
            reader.IsDBNull(5) ? null : new(reader.GetDecimal(5), reader.GetString(6)),
            reader.IsDBNull(7) ? null : reader.GetString(7));
    }

    public async Task<IReadOnlyList<HotelView>> HotelsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select h.id, h.name, t.room_type, t.rooms, t.price, t.currency
            from hotels h join room_types t on t.hotel_id = h.id
            order by h.id, t.price
            """);
        var rows = new List<(string Id, string Name, RoomTypeView RoomType)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add((reader.GetString(0), reader.GetString(1), new(reader.GetString(2), reader.GetInt32(3), new(reader.GetDecimal(4), reader.GetString(5)))));
        return [.. rows.GroupBy(r => (r.Id, r.Name)).Select(g => new HotelView(g.Key.Id, g.Key.Name, [.. g.Select(r => r.RoomType)]))];
    }
}
