using LocalCloud.Http;

namespace LocalCloud.Email;

/// <summary>A mail from its parts: subject, bodies, attachments. SES would put the MIME message together.</summary>
internal static class SimpleMail
{
    private const int LongestFileName = 255;

    /// <exception cref="ServiceException">It lacks a subject or a body, or is too large.</exception>
    public static Mail Fill(Mail mail, JsonInput simple)
    {
        var body = simple.Structure("Body") ?? throw SesError.Bad("Content.Simple.Body is missing.");
        var (text, html) = (Data(body, "Text"), Data(body, "Html"));
        var attachments = simple.Structures("Attachments").Select(Attachment).ToList();
        if (attachments.Sum(attachment => (long)attachment.Bytes) + (text?.Length ?? 0) + (html?.Length ?? 0) > SesError.LargestMessage)
        {
            throw SesError.TooLarge();
        }

        return text is null && html is null ? throw SesError.Bad("Content.Simple.Body must have Text or Html.")
            : mail with { Subject = Data(simple, "Subject") ?? throw SesError.Bad("Content.Simple.Subject is missing."), Text = text, Html = html, Attachments = attachments };
    }

    // The charset says how SES would write the text into the mail; here it stays text.
    private static string? Data(JsonInput input, string member)
    {
        if (input.Structure(member) is not { } content)
        {
            return null;
        }

        _ = content.Text("Charset");
        return content.Required("Data", 0);
    }

    private static MailAttachment Attachment(JsonInput input) => AttachmentTypes.Checked(new(
        input.Required("FileName", 1, LongestFileName),
        input.Text("ContentType", 1) ?? "application/octet-stream",
        input.RequiredBlob("RawContent", 0, SesError.LargestMessage).Length));
}
