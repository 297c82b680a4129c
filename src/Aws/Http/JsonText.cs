using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Aws.Http;

/// <summary>
/// Long strings in JSON. Bodies are JSON themselves, with a quote every few characters, where the writer's own escaping takes several times as long as
/// this; what is not printable ASCII is left to it.
/// </summary>
internal static class JsonText
{
    // From here on the search for the next character to escape goes by many at a time.
    private const int LongRun = 32;
    private static readonly SearchValues<char> _plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static void Write(Utf8JsonWriter json, string text)
    {
        var rented = ArrayPool<byte>.Shared.Rent((text.Length * 2) + 2);
        if (Escape(text, rented.AsSpan(1)) is >= 0 and var length)
        {
            rented[0] = rented[length + 1] = (byte)'"';
            json.WriteRawValue(rented.AsSpan(0, length + 2), skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(text);
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <returns>The bytes written, or -1 where there is a character that this does not write.</returns>
    private static int Escape(ReadOnlySpan<char> text, Span<byte> target)
    {
        var (written, plain) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= ' ' and <= '~' and not ('"' or '\\'))
            {
                target[written++] = (byte)c;
                if (++plain < LongRun)
                    continue;
                var rest = text[(i + 1)..];
                var run = rest.IndexOfAnyExcept(_plain) is >= 0 and var end ? end : rest.Length;
                Ascii.FromUtf16(rest[..run], target[written..], out _);
                written += run;
                i += run;
                plain = 0;
                continue;
            }

            plain = 0;
            var escape = c switch { '"' => '"', '\\' => '\\', '\n' => 'n', '\r' => 'r', '\t' => 't', _ => '\0' };
            if (escape == '\0')
                return -1;
            target[written++] = (byte)'\\';
            target[written++] = (byte)escape;
        }

        return written;
    }
}
