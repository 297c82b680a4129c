namespace LocalCloud.Email.Mime;

/// <summary>Undoes base64 and quoted-printable. What is malformed stays as it is or is left out: a mail is shown rather than refused.</summary>
internal static class TransferEncoding
{
    public static byte[] Decode(ReadOnlySpan<byte> body, string? encoding) => encoding switch
    {
        "base64" => Base64(body),
        "quoted-printable" => QuotedPrintable(body, underscoreIsBlank: false),
        _ => body.ToArray(),
    };

    /// <summary>Whatever is no digit of base64 is left out.</summary>
    public static byte[] Base64(ReadOnlySpan<byte> body)
    {
        var output = new byte[(body.Length / 4 * 3) + 3];
        var (length, bits, count) = (0, 0, 0);
        foreach (var c in body)
        {
            var digit = c switch
            {
                >= (byte)'A' and <= (byte)'Z' => c - 'A',
                >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
                >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
                (byte)'+' => 62,
                (byte)'/' => 63,
                _ => -1,
            };
            if (digit < 0)
            {
                continue;
            }

            bits = (bits << 6) | digit;
            if (++count == 4)
            {
                (output[length++], output[length++], output[length++]) = ((byte)(bits >> 16), (byte)(bits >> 8), (byte)bits);
                (bits, count) = (0, 0);
            }
        }

        if (count >= 2)
        {
            bits <<= 6 * (4 - count);
            output[length++] = (byte)(bits >> 16);
            if (count == 3)
            {
                output[length++] = (byte)(bits >> 8);
            }
        }

        return output[..length];
    }

    /// <param name="body">The encoded bytes.</param>
    /// <param name="underscoreIsBlank">As in headers.</param>
    public static byte[] QuotedPrintable(ReadOnlySpan<byte> body, bool underscoreIsBlank)
    {
        var output = new byte[body.Length];
        var length = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var c = body[i];
            if (c != '=')
            {
                output[length++] = underscoreIsBlank && c == '_' ? (byte)' ' : c;
            }
            else if (i + 2 < body.Length && Hex(body[i + 1]) is >= 0 and var high && Hex(body[i + 2]) is >= 0 and var low)
            {
                output[length++] = (byte)((high << 4) | low);
                i += 2;
            }
            else if (SoftBreak(body[(i + 1)..]) is > 0 and var skipped)
            {
                i += skipped;
            }
            else
            {
                output[length++] = c;
            }
        }

        return output[..length];
    }

    private static int SoftBreak(ReadOnlySpan<byte> rest) => rest.StartsWith("\r\n"u8) ? 2 : rest.StartsWith("\n"u8) ? 1 : 0;

    private static int Hex(byte c) => char.IsAsciiHexDigit((char)c) ? Convert.ToInt32(((char)c).ToString(), 16) : -1;
}
