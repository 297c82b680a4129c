using System.Buffers.Binary;

namespace LocalCloud.Persistence;

/// <summary>
/// What stands before each record in a file: its length, its checksum, and a checksum of these two, so that a length
/// that was damaged is not taken for the end of the file.
/// </summary>
internal static class Frame
{
    public const int HeaderBytes = 12;

    public static void WriteHeader(Span<byte> header, ReadOnlySpan<byte> record)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header, record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Checksum.Of(record));
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Checksum.Of(header[..8]));
    }

    /// <summary>The length of the record, or null when this is no header.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> header)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        return length > 0 && BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) == Checksum.Of(header[..8]) ? length : null;
    }

    public static bool Fits(ReadOnlySpan<byte> header, ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == Checksum.Of(record);
}
