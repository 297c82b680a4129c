using System.Buffers;
using System.Text.Json;
using LocalCloud.Http;

namespace LocalCloud.Email;

/// <summary><c>/_local/mails</c>: GET lists the mails, the newest first, those to one address with <c>?to=</c>; DELETE forgets them all.</summary>
internal static class MailPaths
{
    public static LocalPaths AddMails(this LocalPaths local, Mailbox mailbox) => local
        .Add("GET", "/_local/mails", call => call.AnswerAsync(200, "application/json", Write(Find(mailbox, call.Http.Request.Query["to"].ToString()))))
        .Add("DELETE", "/_local/mails", call =>
        {
            mailbox.Clear();
            return call.AnswerAsync(200, "application/json", "[]"u8.ToArray());
        });

    private static IEnumerable<Mail> Find(Mailbox mailbox, string to) => mailbox.Mails.Reverse()
        .Where(mail => to.Length == 0 || mail.To.Any(address => MailAddress.Of(address).Equals(to, StringComparison.OrdinalIgnoreCase)));

    private static ReadOnlyMemory<byte> Write(IEnumerable<Mail> mails)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        foreach (var mail in mails)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, mail.MessageId);
            json.WriteString("from"u8, mail.From);
            Write(json, "to", mail.To);
            Write(json, "replyTo", mail.ReplyTo);
            json.WriteString("subject"u8, mail.Subject);
            json.WriteString("text"u8, mail.Text);
            json.WriteString("html"u8, mail.Html);
            json.WriteStartObject("tags"u8);
            foreach (var (name, value) in mail.Tags)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteStartArray("attachments"u8);
            foreach (var attachment in mail.Attachments)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, attachment.Name);
                json.WriteString("contentType"u8, attachment.ContentType);
                json.WriteNumber("bytes"u8, attachment.Bytes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("at"u8, mail.At);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> addresses)
    {
        json.WriteStartArray(name);
        foreach (var address in addresses)
        {
            json.WriteStringValue(address);
        }

        json.WriteEndArray();
    }
}
