using LocalCloud.Email.Mime;

namespace LocalCloud.Email;

/// <summary>A mail from a MIME message: what a mailbox shows of it.</summary>
internal static class RawMail
{
    private const int MostParts = 500;

    /// <summary>Sender and recipients come from the headers where the request did not give them.</summary>
    public static Mail Fill(Mail mail, byte[] mime)
    {
        var message = MimePart.Read(mime, MostParts);
        var leaves = message.Leaves.ToList();
        string? Text(string type) => leaves.FirstOrDefault(leaf => leaf.ContentType == type && !leaf.IsAttachment)?.Text;
        return mail with
        {
            From = mail.From.Length > 0 ? mail.From : Addresses(message, "From") is [var first, ..] ? first : "",
            To = mail.To.Count > 0 ? mail.To : [.. Addresses(message, "To"), .. Addresses(message, "Cc"), .. Addresses(message, "Bcc")],
            ReplyTo = mail.ReplyTo.Count > 0 ? mail.ReplyTo : Addresses(message, "Reply-To"),
            Subject = EncodedWords.Decode(message.Headers["Subject"] ?? ""),
            Text = Text("text/plain"),
            Html = Text("text/html"),
            Attachments = [.. leaves.Where(leaf => leaf.IsAttachment).Select(leaf => AttachmentTypes.Checked(new(leaf.FileName ?? "", leaf.ContentType, leaf.Content.Length)))],
        };
    }

    // Split before decoding: a decoded name may contain a comma.
    private static IReadOnlyList<string> Addresses(MimePart message, string header) =>
        [.. MailAddress.Split(message.Headers[header] ?? "").Select(EncodedWords.Decode)];
}
