using System.Buffers.Binary;
using System.Text;

namespace LocalCloud.Persistence;

/// <summary>Reads one record, in the order in which <see cref="RecordWriter"/> was given its parts.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> record)
{
    private ReadOnlySpan<byte> _rest = record;

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() != 0;

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public ulong ULong() => (ulong)Long();

    public long? LongOrNull() => Bool() ? Long() : null;

    public Guid Guid() => new(Take(16));

    public byte[] Bytes() => Take(Int()).ToArray();

    public string Text() => TextOrNull() ?? throw Malformed();

    public string? TextOrNull()
    {
        var length = Int();
        return length < 0 ? null : Encoding.UTF8.GetString(Take(length));
    }

    public Dictionary<string, string> Map()
    {
        var count = Int();
        Dictionary<string, string> map = new(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            map[Text()] = Text();
        }

        return map;
    }

    private static InvalidDataException Malformed() => new("The record is shorter than its kind asks for.");

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes < 0 || bytes > _rest.Length)
        {
            throw Malformed();
        }

        var taken = _rest[..bytes];
        _rest = _rest[bytes..];
        return taken;
    }
}
