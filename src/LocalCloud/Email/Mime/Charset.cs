using System.Text;

namespace LocalCloud.Email.Mime;

/// <summary>Text from bytes. A charset that nobody knows is read as UTF-8, and what is no UTF-8 as Latin-1: a mail is shown rather than refused.</summary>
internal static class Charset
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (Find(charset) is { } encoding)
        {
            return encoding.GetString(bytes);
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>Null for those that the guess above suits better: none, unknown ones, ASCII and UTF-8.</summary>
    private static Encoding? Find(string? charset)
    {
        if (charset is null or "" || charset.ToLowerInvariant() is "utf-8" or "utf8" or "us-ascii" or "ascii")
        {
            return null;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
