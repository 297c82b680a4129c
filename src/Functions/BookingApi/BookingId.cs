namespace Functions.BookingApi;

/// <summary>A booking's id is a UUIDv7: it says itself when it was made.</summary>
internal static class BookingId
{
    /// <summary>How long an id that is not in the database may still be in the queue.</summary>
    public static readonly TimeSpan PendingFor = TimeSpan.FromMinutes(15);

    /// <summary>How far a client's clock may be ahead of ours.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Reads an id. Only the usual form: 36 characters with hyphens.</summary>
    public static bool TryParse(string? text, out Guid id) => Guid.TryParseExact(text, "D", out id) && id.Version == 7 && (id.Variant & 0b1100) == 0b1000;

    /// <summary>When the id was made, by its maker's clock.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = 0L;
        foreach (var b in bytes[..6])
            milliseconds = (milliseconds << 8) | b;
        return DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Min(milliseconds, 253_402_300_799_999));
    }

    /// <summary>Whether the id was made so lately that its booking may still be in the queue.</summary>
    public static bool MayBePending(Guid id, DateTimeOffset now) => TimeOf(id) > now - PendingFor && !IsFromTheFuture(id, now);

    /// <summary>Whether the id claims a time that no honest clock shows yet.</summary>
    public static bool IsFromTheFuture(Guid id, DateTimeOffset now) => TimeOf(id) > now + ClockSkew;
}
