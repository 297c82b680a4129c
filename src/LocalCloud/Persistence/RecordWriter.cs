using System.Buffers.Binary;
using System.Text;

namespace LocalCloud.Persistence;

/// <summary>Builds one record. Each thread has one writer, used again and again: append what it holds before the next starts.</summary>
internal sealed class RecordWriter
{
    private const int KeptBytes = 256 * 1024;

    [ThreadStatic]
    private static RecordWriter? t_own;

    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <param name="owner">The service.</param>
    /// <param name="kind">What kind of record of that service.</param>
    public static RecordWriter Start(RecordOwner owner, byte kind)
    {
        var writer = t_own ??= new RecordWriter();
        if (writer._bytes.Length > KeptBytes)
        {
            writer._bytes = new byte[1024];
        }

        writer._length = Frame.HeaderBytes;
        return writer.Add((byte)owner).Add(kind);
    }

    public RecordWriter Add(byte value)
    {
        Room(1)[0] = value;
        return this;
    }

    public RecordWriter Add(bool value) => Add(value ? (byte)1 : (byte)0);

    public RecordWriter Add(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), value);
        return this;
    }

    public RecordWriter Add(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);
        return this;
    }

    public RecordWriter Add(ulong value) => Add((long)value);

    public RecordWriter Add(long? value) => value is { } number ? Add(true).Add(number) : Add(false);

    public RecordWriter Add(int? value) => Add((long?)value);

    public RecordWriter Add(Guid value)
    {
        value.TryWriteBytes(Room(16));
        return this;
    }

    public RecordWriter Add(ReadOnlySpan<byte> value)
    {
        Add(value.Length);
        value.CopyTo(Room(value.Length));
        return this;
    }

    public RecordWriter Add(string? value)
    {
        if (value is null)
        {
            return Add(-1);
        }

        var bytes = Encoding.UTF8.GetByteCount(value);
        Add(bytes);
        Encoding.UTF8.GetBytes(value, Room(bytes));
        return this;
    }

    public RecordWriter Add(IReadOnlyCollection<KeyValuePair<string, string>> map)
    {
        Add(map.Count);
        foreach (var (key, value) in map)
        {
            Add(key).Add(value);
        }

        return this;
    }

    /// <summary>The record with its frame, as it goes into the file; valid until this thread starts the next.</summary>
    public ReadOnlySpan<byte> Framed()
    {
        var framed = _bytes.AsSpan(0, _length);
        Frame.WriteHeader(framed, framed[Frame.HeaderBytes..]);
        return framed;
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        }

        _length += bytes;
        return _bytes.AsSpan(_length - bytes, bytes);
    }
}
