using Npgsql;
using NpgsqlTypes;

namespace Functions.Booking;

/// <summary>The stock of rooms, inside a transaction.</summary>
internal static class Rooms
{
    public static async Task<(bool HotelExists, RoomType? RoomType)> FindAsync(
        NpgsqlTransaction transaction, string hotelId, string roomType, CancellationToken cancellationToken)
    {
        await using var command = Command(
            transaction,
            """
            select t.rooms, t.price, t.currency
            from hotels h left join room_types t on t.hotel_id = h.id and t.room_type = $2
            where h.id = $1
            """,
            hotelId,
            roomType);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            return (false, null);
        return (true, reader.IsDBNull(0) ? null : new(reader.GetInt32(0), new(reader.GetDecimal(1), reader.GetString(2))));
    }

    /// <summary>Locks the nights of a stay, in the order of the calendar so that two bookings cannot lock each other out, and says how full they are.</summary>
    public static async Task<IReadOnlyList<NightTaken>> LockNightsAsync(
        NpgsqlTransaction transaction, string hotelId, string roomType, IReadOnlyList<DateOnly> nights, CancellationToken cancellationToken)
    {
        await using (var insert = Command(
            transaction,
            """
            insert into room_nights (hotel_id, room_type, night, taken)
            select $1, $2, n, 0 from unnest($3) as n order by n
            on conflict (hotel_id, room_type, night) do nothing
            """,
            hotelId,
            roomType))
        {
            insert.Parameters.Add(Dates(nights));
            await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        // One statement a night, all in one round trip: DSQL locks only what is named by its whole key.
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var night in nights)
        {
            batch.BatchCommands.Add(new("select night, taken from room_nights where hotel_id = $1 and room_type = $2 and night = $3 for update")
            {
                Parameters = { new() { Value = hotelId }, new() { Value = roomType }, new() { Value = night } },
            });
        }

        var taken = new List<NightTaken>(nights.Count);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        do
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                taken.Add(new(reader.GetFieldValue<DateOnly>(0), reader.GetInt32(1)));
        }
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
        return taken;
    }

    /// <param name="transaction">The transaction.</param>
    /// <param name="hotelId">The hotel.</param>
    /// <param name="roomType">The room type.</param>
    /// <param name="nights">Locked before.</param>
    /// <param name="change">1 takes a room, -1 gives one back.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public static async Task ChangeAsync(
        NpgsqlTransaction transaction, string hotelId, string roomType, IReadOnlyList<DateOnly> nights, int change, CancellationToken cancellationToken)
    {
        await using var command = Command(
            transaction, "update room_nights set taken = taken + $4 where hotel_id = $1 and room_type = $2 and night = any($3)", hotelId, roomType);
        command.Parameters.Add(Dates(nights));
        command.Parameters.Add(new() { Value = change });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlCommand Command(NpgsqlTransaction transaction, string sql, string hotelId, string roomType) =>
        new(sql, transaction.Connection, transaction) { Parameters = { new() { Value = hotelId }, new() { Value = roomType } } };

    private static NpgsqlParameter Dates(IReadOnlyList<DateOnly> nights) =>
        new() { Value = nights.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date };
}
