using System.Buffers.Binary;

namespace LocalCloud.Persistence;

/// <summary>A file of the journal that is being written: a header, then records one after another. Its owner's lock guards it.</summary>
internal sealed class JournalFile : IDisposable
{
    public const int HeaderBytes = 12;

    /// <summary>Raise it with every change of the format that an older program cannot read.</summary>
    public const int Version = 1;

    private readonly FileStream _stream;

    private JournalFile(string path, FileStream stream) => (Path, _stream) = (path, stream);

    public static ReadOnlySpan<byte> Mark => "LCLOUD-J"u8;

    public string Path { get; }

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    /// <exception cref="IOException">The file cannot be made or written.</exception>
    public static JournalFile Create(string path)
    {
        var file = new JournalFile(path, Open(path));
        try
        {
            Span<byte> header = stackalloc byte[HeaderBytes];
            Mark.CopyTo(header);
            BinaryPrimitives.WriteInt32LittleEndian(header[Mark.Length..], Version);
            file.Write(header);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Gives the bytes to the operating system: from then on the end of this process loses nothing.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_stream.SafeFileHandle, bytes, Length);
        Length += bytes.Length;
    }

    /// <summary>Gives the bytes to the disk: from then on a power cut loses nothing.</summary>
    public void Sync() => RandomAccess.FlushToDisk(_stream.SafeFileHandle);

    public void Dispose() => _stream.Dispose();

    // Messages and keys are in it: nobody else's business.
    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
