using Npgsql;

namespace Crash.Judging;

/// <summary>A decided booking.</summary>
internal sealed record BookingRow(Guid Id, string Status, string HotelId, string RoomType, DateOnly CheckIn, DateOnly CheckOut)
{
    /// <summary>The events that were announced of it.</summary>
    public IReadOnlyList<string> Events => Status switch
    {
        "confirmed" => ["confirmed"],
        "cancelled" => ["confirmed", "cancelled"],
        _ => ["rejected"],
    };

    /// <summary>Those that move money.</summary>
    public IReadOnlyList<string> LedgerEvents => [.. Events.Where(e => e != "rejected")];
}

/// <summary>What the database holds in the end.</summary>
internal sealed class Evidence
{
    public required IReadOnlyDictionary<Guid, BookingRow> Bookings { get; init; }

    /// <summary>The ledger's entries by booking, in the order of their posting; an entry with a line too few is told as half.</summary>
    public required ILookup<Guid, string> Ledger { get; init; }

    /// <summary>The worker's rows by booking, in their order.</summary>
    public required ILookup<Guid, string> Worker { get; init; }

    /// <summary>The notes by shelf, in their order.</summary>
    public required ILookup<int, long> Notes { get; init; }

    /// <summary>The last number of each shelf.</summary>
    public required IReadOnlyDictionary<int, long> Shelves { get; init; }

    /// <summary>Messages that no topic takes, and those that the relay has parked.</summary>
    public required (IReadOnlyList<string> Made, IReadOnlyList<string> Parked) Unsendable { get; init; }

    /// <summary>Rooms taken, by hotel, room type and night.</summary>
    public required IReadOnlyDictionary<(string Hotel, string RoomType, DateOnly Night), int> Rooms { get; init; }

    /// <summary>Bookings whose cancellation came before them, though it was sent after they were accepted.</summary>
    public required IReadOnlyList<Guid> EarlyCancellations { get; init; }

    public static async Task<Evidence> ReadAsync(NpgsqlDataSource database) => new()
    {
        Bookings = (await ReadAsync(database, "select id, status, hotel_id, room_type, check_in, check_out from bookings", r => new BookingRow(
            r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetFieldValue<DateOnly>(4), r.GetFieldValue<DateOnly>(5)))).ToDictionary(b => b.Id),
        Ledger = (await ReadAsync(
            database,
            """
            select booking_id, case when count(*) <> 2 then 'half' when sum(debit) filter (where account = 'receivables') > 0 then 'confirmed' else 'cancelled' end
            from ledger group by booking_id, entry_id order by min(posted)
            """,
            r => (r.GetGuid(0), r.GetString(1)))).ToLookup(e => e.Item1, e => e.Item2),
        Worker = (await ReadAsync(database, "select booking_id, kind from crash_effect order by place", r => (r.GetGuid(0), r.GetString(1)))).ToLookup(e => e.Item1, e => e.Item2),
        Notes = (await ReadAsync(database, "select shelf, number from crash_note order by place", r => (r.GetInt32(0), r.GetInt64(1)))).ToLookup(n => n.Item1, n => n.Item2),
        Shelves = (await ReadAsync(database, "select shelf, notes from crash_shelf", r => (r.GetInt32(0), r.GetInt64(1)))).ToDictionary(s => s.Item1, s => s.Item2),
        Unsendable = (
            await ReadAsync(database, "select message_id from crash_unsendable", r => r.GetString(0)),
            await ReadAsync(database, "select message_id from outbox_parked", r => r.GetString(0))),
        Rooms = (await ReadAsync(database, "select hotel_id, room_type, night, taken from room_nights", r => (
            (r.GetString(0), r.GetString(1), r.GetFieldValue<DateOnly>(2)), r.GetInt32(3)))).ToDictionary(n => n.Item1, n => n.Item2),
        EarlyCancellations = await ReadAsync(database, "select booking_id from early_cancellations", r => r.GetGuid(0)),
    };

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(NpgsqlDataSource database, string sql, Func<NpgsqlDataReader, T> read)
    {
        var rows = new List<T>();
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }
}
