using Npgsql;

namespace Functions.Booking;

/// <summary>The bookings, inside a transaction.</summary>
internal static class Bookings
{
    /// <summary>False where the booking exists: then the command came a second time, later than the inbox remembers.</summary>
    public static async Task<bool> TryAddAsync(
        NpgsqlTransaction transaction, PlaceBooking wish, string status, string? reason, Money? total, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into bookings (id, hotel_id, room_type, check_in, check_out, guest_name, guest_email, status, reason, total, currency, decided)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, clock_timestamp())
            on conflict (id) do nothing
            """,
            transaction.Connection,
            transaction)
        {
            Parameters =
            {
                new() { Value = wish.BookingId },
                new() { Value = wish.HotelId },
                new() { Value = wish.RoomType },
                new() { Value = wish.CheckIn },
                new() { Value = wish.CheckOut },
                new() { Value = wish.Guest.Name },
                new() { Value = wish.Guest.Email },
                new() { Value = status },
                new NpgsqlParameter<string?> { TypedValue = reason },
                new NpgsqlParameter<decimal?> { TypedValue = total?.Amount },
                new NpgsqlParameter<string?> { TypedValue = total?.Currency },
            },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>The status of a booking, and what it is where it was ever confirmed. Null where it is unknown.</summary>
    public static async Task<(string Status, BookingConfirmed? Confirmed)?> LockAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select status, hotel_id, room_type, check_in, check_out, guest_name, guest_email, total, currency
            from bookings where id = $1 for update
            """,
            transaction.Connection,
            transaction)
        {
            Parameters = { new() { Value = id } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            return null;
        var confirmed = reader.IsDBNull(7)
            ? null
            : new BookingConfirmed(
                id,
                reader.GetString(1),
                reader.GetString(2),
                reader.GetFieldValue<DateOnly>(3),
                reader.GetFieldValue<DateOnly>(4),
                new(reader.GetString(5), reader.GetString(6)),
                new(reader.GetDecimal(7), reader.GetString(8)));
        return (reader.GetString(0), confirmed);
    }

    /// <summary>Remembers a cancellation that came before its booking.</summary>
    public static Task CancelBeforeAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken) => ExecuteAsync(
        transaction, "insert into early_cancellations (booking_id, cancelled) values ($1, clock_timestamp()) on conflict (booking_id) do nothing", id, cancellationToken);

    /// <summary>Whether the booking was cancelled before it came.</summary>
    public static async Task<bool> IsCancelledBeforeAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select exists (select 1 from early_cancellations where booking_id = $1)", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = id } },
        };
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    public static Task CancelAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken) =>
        ExecuteAsync(transaction, "update bookings set status = 'cancelled', decided = clock_timestamp() where id = $1", id, cancellationToken);

    private static async Task ExecuteAsync(NpgsqlTransaction transaction, string sql, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction) { Parameters = { new() { Value = id } } };
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
