using System.Buffers;
using System.Globalization;
using System.Text;

namespace Aws.Http;

/// <summary>A request of the query protocol: <c>name=value</c> pairs, percent-encoded straight into the body.</summary>
internal readonly struct FormWriter
{
    private static readonly SearchValues<char> _unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    private readonly PooledBuffer _body;

    public FormWriter(PooledBuffer body, string action, string version)
    {
        _body = body;
        Raw("Action=");
        Raw(action);
        Raw("&Version=");
        Raw(version);
    }

    /// <summary>Adds a pair, unless there is no value. <paramref name="prefix"/> and <paramref name="name"/> are written as they are.</summary>
    public void Add(string prefix, string name, string? value)
    {
        if (value is null)
            return;
        Raw("&");
        Raw(prefix);
        Raw(name);
        Raw("=");
        Encoded(value);
    }

    public void Add(string prefix, string name, MemoryStream? value)
    {
        if (value is not null)
            Add(prefix, name, Convert.ToBase64String(value.ToArray()));
    }

    public static string Member(string prefix, string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{list}.{index}.");

    private void Raw(string text) => _body.Advance(Encoding.UTF8.GetBytes(text, _body.GetSpan(text.Length * 3)));

    private void Encoded(ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(_unreserved);
            if (plain < 0)
                plain = text.Length;
            if (plain > 0)
                _body.Advance(Encoding.UTF8.GetBytes(text[..plain], _body.GetSpan(plain)));
            text = text[plain..];
            if (text.IsEmpty)
                return;
            Rune.DecodeFromUtf16(text, out var rune, out var consumed);
            text = text[consumed..];
            var target = _body.GetSpan(12);
            var length = rune.EncodeToUtf8(utf8);
            for (var i = 0; i < length; i++)
            {
                target[i * 3] = (byte)'%';
                target[(i * 3) + 1] = (byte)"0123456789ABCDEF"[utf8[i] >> 4];
                target[(i * 3) + 2] = (byte)"0123456789ABCDEF"[utf8[i] & 15];
            }

            _body.Advance(length * 3);
        }
    }
}
