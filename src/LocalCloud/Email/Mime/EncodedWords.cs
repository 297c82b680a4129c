using System.Text;
using System.Text.RegularExpressions;

namespace LocalCloud.Email.Mime;

/// <summary>Words of a header outside ASCII: <c>=?utf-8?q?h=C3=A9llo?=</c>.</summary>
internal static partial class EncodedWords
{
    public static string Decode(string header)
    {
        var text = new StringBuilder();
        var pending = new MemoryStream();
        string? charset = null;
        var end = 0;
        foreach (Match word in Words().Matches(header))
        {
            var between = header[end..word.Index];
            var next = word.Groups["charset"].Value;
            // Blanks between two words do not count, and a character may begin in one and end in the next.
            var joined = charset is not null && string.IsNullOrWhiteSpace(between);
            if (!joined || next != charset)
            {
                Flush();
            }

            text.Append(joined ? "" : between);
            var encoded = Encoding.Latin1.GetBytes(word.Groups["text"].Value);
            pending.Write(word.Groups["encoding"].Value is "B" or "b" ? TransferEncoding.Base64(encoded) : TransferEncoding.QuotedPrintable(encoded, underscoreIsBlank: true));
            (charset, end) = (next, word.Index + word.Length);
        }

        Flush();
        return text.Append(header, end, header.Length - end).ToString();

        void Flush()
        {
            text.Append(Charset.Decode(pending.GetBuffer().AsSpan(0, (int)pending.Length), charset));
            pending.SetLength(0);
        }
    }

    [GeneratedRegex(@"=\?(?<charset>[^?*\s]+)(?:\*[^?\s]*)?\?(?<encoding>[BbQq])\?(?<text>[^?\s]*)\?=", RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
