using System.Text.Json;
using System.Text.Json.Nodes;
using LocalCloud.Http;

namespace LocalCloud.Email;

/// <summary>Reads a SendEmail request: simple content, or a raw MIME message.</summary>
internal static class SendEmail
{
    private const int MostRecipients = 50;

    /// <exception cref="ServiceException">The request is malformed, or lacks a sender, a recipient or content.</exception>
    public static Mail Read(byte[] body, DateTimeOffset now)
    {
        try
        {
            var request = JsonNode.Parse(body) as JsonObject ?? throw Bad("The body must be a JSON object.");
            var to = Recipients(request["Destination"] as JsonObject);
            var content = request["Content"] as JsonObject ?? throw Bad("Content is missing.");
            var tags = (request["EmailTags"] as JsonArray ?? []).OfType<JsonObject>()
                .GroupBy(tag => Text(tag["Name"]) ?? "")
                .ToDictionary(tag => tag.Key, tag => Text(tag.Last()["Value"]) ?? "", StringComparer.Ordinal);
            var mail = new Mail($"{Guid.NewGuid():N}-000000", Text(request["FromEmailAddress"]) ?? "", to, "", null, null, tags, now);
            mail = content["Simple"] is JsonObject simple ? Simple(mail, simple)
                : Text(content["Raw"]?["Data"]) is { } raw ? RawMail.Fill(mail, Convert.FromBase64String(raw))
                : throw Bad("Content must have Simple or Raw: LocalCloud has no templates.");
            return mail.From.Length == 0 ? throw Bad("FromEmailAddress is missing.")
                : mail.To.Count is 0 or > MostRecipients ? throw Bad($"A mail has 1 to {MostRecipients} recipients, this one has {mail.To.Count}.")
                : mail;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw Bad("The request is malformed: " + malformed.Message);
        }
    }

    private static Mail Simple(Mail mail, JsonObject simple)
    {
        var text = Text(simple["Body"]?["Text"]?["Data"]);
        var html = Text(simple["Body"]?["Html"]?["Data"]);
        return text is null && html is null ? throw Bad("Content.Simple.Body must have Text or Html.")
            : mail with { Subject = Text(simple["Subject"]?["Data"]) ?? throw Bad("Content.Simple.Subject is missing."), Text = text, Html = html };
    }

    private static List<string> Recipients(JsonObject? destination)
    {
        List<string> all = [];
        foreach (var kind in new[] { "ToAddresses", "CcAddresses", "BccAddresses" })
        {
            foreach (var address in destination?[kind] as JsonArray ?? [])
            {
                all.Add(Text(address) is { } text && text.Contains('@', StringComparison.Ordinal) ? text : throw Bad($"Destination.{kind} has an entry that is no mail address."));
            }
        }

        return all;
    }

    private static string? Text(JsonNode? node) => (node as JsonValue)?.GetValue<string>();

    private static ServiceException Bad(string message) => new("BadRequestException", message);
}
