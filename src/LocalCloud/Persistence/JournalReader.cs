using System.Buffers.Binary;

namespace LocalCloud.Persistence;

/// <summary>Reads a file of the journal from its beginning, and tells a write that was cut off from damage.</summary>
internal static class JournalReader
{
    internal delegate void Take(ref RecordReader record);

    /// <summary>Hands over every whole record.</summary>
    /// <returns>Where the whole records end: the length of the file, or less when the last write was cut off. 0 when not even the header is whole.</returns>
    /// <exception cref="JournalException">The file is broken before its end, or of another version.</exception>
    public static long Read(string path, Take take)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20);
        var header = new byte[JournalFile.HeaderBytes];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            return 0;
        }

        CheckHeader(path, header);
        var frame = new byte[Frame.HeaderBytes];
        var record = new byte[64 * 1024];
        while (true)
        {
            var start = file.Position;
            if (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) < frame.Length)
            {
                return start;
            }

            if (Frame.LengthOf(frame) is not { } length)
            {
                return IsZero(frame) && IsZeroToEnd(file) ? start : throw Broken(path, start);
            }

            if (length > file.Length - file.Position)
            {
                return start;
            }

            record = record.Length < length ? new byte[length] : record;
            file.ReadExactly(record, 0, length);
            if (!Frame.Fits(frame, record.AsSpan(0, length)))
            {
                return file.Position == file.Length || IsZeroToEnd(file) ? start : throw Broken(path, start);
            }

            Hand(path, start, record.AsSpan(0, length), take);
        }
    }

    private static void Hand(string path, long offset, ReadOnlySpan<byte> bytes, Take take)
    {
        try
        {
            var record = new RecordReader(bytes);
            take(ref record);
        }
        catch (Exception unknown) when (unknown is InvalidDataException or ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new JournalException(
                $"{path} has a record at byte {offset} that this version does not understand: {unknown.Message} Start the version that wrote it, or another folder.", unknown);
        }
    }

    private static void CheckHeader(string path, byte[] header)
    {
        var version = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(JournalFile.Mark.Length));
        if (!header.AsSpan(0, JournalFile.Mark.Length).SequenceEqual(JournalFile.Mark))
        {
            throw new JournalException($"{path} is no journal of LocalCloud: choose another folder, or move that file away.");
        }

        if (version != JournalFile.Version)
        {
            throw new JournalException(
                $"{path} has version {version} of the journal's format, this program knows version {JournalFile.Version}: start the version that wrote it, or another folder.");
        }
    }

    private static JournalException Broken(string path, long offset) => new(
        $"{path} is broken at byte {offset}, and records follow. Restore the folder from a copy; or, to go on without everything from there, cut the file: truncate -s {offset} '{path}'.");

    // A power cut may leave a file longer than what was written into it.
    private static bool IsZeroToEnd(FileStream file)
    {
        var bytes = new byte[64 * 1024];
        for (int read; (read = file.Read(bytes)) > 0;)
        {
            if (!IsZero(bytes.AsSpan(0, read)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsZero(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);
}
