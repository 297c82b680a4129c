using LocalCloud.Http;

namespace LocalCloud.Email.Operations;

/// <summary>SendEmail: simple content or a raw MIME message, into the mailbox.</summary>
internal static class SendEmail
{
    private const int MostRecipients = 50;
    private const int MostTags = 50;
    private const int LongestTag = 256;

    public static void Run(SesCall call)
    {
        var mail = Read(call);
        SenderAccess.Demand(call, MailAddress.Of(mail.From));
        call.Ses.Mailbox.Add(mail);
        call.Output.WriteString("MessageId"u8, mail.MessageId);
    }

    private static Mail Read(SesCall call)
    {
        var input = call.Input;
        var content = input.Structure("Content") ?? throw SesError.Bad("Content is missing.");
        var mail = new Mail(
            $"{Guid.NewGuid():N}-000000", input.Text("FromEmailAddress") ?? "", Recipients(input.Structure("Destination")), "", null, null, Tags(input), call.Ses.Now)
        {
            ReplyTo = Addresses(input, "ReplyToAddresses"),
            ConfigurationSet = input.Text("ConfigurationSetName", 1),
        };
        Accepted(input);
        mail = content.Structure("Simple") is { } simple ? SimpleMail.Fill(mail, simple)
            : content.Structure("Raw") is { } raw ? RawMail.Fill(mail, raw.RequiredBlob("Data", 1, SesError.LargestMessage))
            : throw SesError.Bad("Content must have Simple or Raw: LocalCloud has no templates.");
        return mail.From.Length == 0 ? throw SesError.Bad("FromEmailAddress is missing.")
            : mail.To.Count is 0 or > MostRecipients ? throw SesError.Bad($"Recipient count must be 1 to {MostRecipients}, and is {mail.To.Count}.")
            : mail.To.Concat(mail.ReplyTo).Prepend(mail.From).FirstOrDefault(address => !MailAddress.IsOne(address)) is { } wrong
                ? throw SesError.Bad($"'{Excerpt.Of(wrong)}' is no mail address: write name@domain in ASCII, or Name <name@domain>.")
            : mail;
    }

    private static List<string> Recipients(JsonInput? destination) => destination is not { } given ? []
        : [.. Addresses(given, "ToAddresses"), .. Addresses(given, "CcAddresses"), .. Addresses(given, "BccAddresses")];

    private static IReadOnlyList<string> Addresses(JsonInput input, string member) => [.. input.Texts(member).SelectMany(MailAddress.Split)];

    private static Dictionary<string, string> Tags(JsonInput input)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach (var tag in input.Structures("EmailTags"))
        {
            tags[tag.Required("Name", 1, LongestTag)] = tag.Required("Value", 1, LongestTag);
        }

        return tags.Count <= MostTags && tags.All(tag => IsPlain(tag.Key) && IsPlain(tag.Value)) ? tags
            : throw SesError.Bad($"A mail has at most {MostTags} tags, of ASCII letters, digits, hyphens, underscores, full stops and at signs.");
    }

    private static bool IsPlain(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@');

    // These have no effect on a laptop, but must be what the service takes.
    private static void Accepted(JsonInput input)
    {
        foreach (var member in new[] { "FeedbackForwardingEmailAddress", "FeedbackForwardingEmailAddressIdentityArn", "FromEmailAddressIdentityArn", "EndpointId", "TenantName" })
        {
            _ = input.Text(member);
        }

        if (input.Structure("ListManagementOptions") is { } options)
        {
            _ = (options.Required("ContactListName"), options.Text("TopicName"));
        }
    }
}
