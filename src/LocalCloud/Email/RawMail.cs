using System.Text;

namespace LocalCloud.Email;

/// <summary>Takes what a mailbox shows out of a MIME message: its headers, and the rest as text.</summary>
internal static class RawMail
{
    /// <summary>Sender, recipients and subject come from the headers where the request did not give them. Parts are not decoded.</summary>
    public static Mail Fill(Mail mail, byte[] mime)
    {
        var text = Encoding.UTF8.GetString(mime).ReplaceLineEndings("\n");
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var headers = Headers(end < 0 ? text : text[..end]);
        string[] to = ["To", "Cc", "Bcc"];
        return mail with
        {
            From = mail.From.Length > 0 ? mail.From : headers.GetValueOrDefault("From") ?? "",
            To = mail.To.Count > 0 ? mail.To : [.. to.SelectMany(name => headers.GetValueOrDefault(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])],
            Subject = headers.GetValueOrDefault("Subject") ?? "",
            Text = end < 0 ? "" : text[(end + 2)..],
        };
    }

    // A line that begins with white space continues the one before it.
    private static Dictionary<string, string> Headers(string block)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (var line in block.Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal).Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
            }
        }

        return headers;
    }
}
