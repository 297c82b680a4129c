using System.Buffers;
using System.Text;

namespace Aws.Signing;

/// <summary>Puts UTF-8 text together in a buffer of the caller's, and in pooled memory when that is too small.</summary>
internal ref struct Utf8Builder(Span<byte> initial)
{
    private Span<byte> _bytes = initial;
    private byte[]? _rented;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _bytes[..Length];

    public void Clear() => Length = 0;

    public void Add(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void Add(ReadOnlySpan<byte> utf8)
    {
        Reserve(utf8.Length);
        utf8.CopyTo(_bytes[Length..]);
        Length += utf8.Length;
    }

    public void Add(ReadOnlySpan<char> text)
    {
        Reserve(text.Length * 3);
        Length += Encoding.UTF8.GetBytes(text, _bytes[Length..]);
    }

    /// <summary>Adds the text with all but RFC 3986's unreserved characters percent-encoded; a slash only if asked to.</summary>
    public void AddEncoded(ReadOnlySpan<char> text, bool encodeSlash)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (IsUnreserved((char)rune.Value) || (rune.Value == '/' && !encodeSlash)))
            {
                Add((byte)rune.Value);
                continue;
            }

            var length = rune.EncodeToUtf8(utf8);
            foreach (var value in utf8[..length])
            {
                Add((byte)'%');
                Add((byte)"0123456789ABCDEF"[value >> 4]);
                Add((byte)"0123456789ABCDEF"[value & 15]);
            }
        }
    }

    public override readonly string ToString() => Encoding.UTF8.GetString(Written);

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        this = default;
    }

    private static bool IsUnreserved(char value) => char.IsAsciiLetterOrDigit(value) || value is '-' or '.' or '_' or '~';

    private void Reserve(int count)
    {
        if (Length + count <= _bytes.Length)
            return;
        var grown = ArrayPool<byte>.Shared.Rent(Math.Max(Length + count, _bytes.Length * 2));
        Written.CopyTo(grown);
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _bytes = _rented = grown;
    }
}
