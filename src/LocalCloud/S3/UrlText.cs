using System.Text;

namespace LocalCloud.S3;

/// <summary>How S3 writes keys in listings with <c>encoding-type=url</c> and in events: a form's encoding that leaves slashes alone.</summary>
internal static class UrlText
{
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            _ = char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '*' or '/' ? encoded.Append(c)
                : c == ' ' ? encoded.Append('+')
                : encoded.Append('%').Append(Convert.ToHexString([b]));
        }

        return encoded.ToString();
    }
}
