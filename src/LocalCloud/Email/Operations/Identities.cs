using System.Text;
using LocalCloud.Http;

namespace LocalCloud.Email.Operations;

/// <summary>CreateEmailIdentity, GetEmailIdentity, ListEmailIdentities and DeleteEmailIdentity.</summary>
internal static class Identities
{
    private const int LongestName = 320;
    private const int MostPerPage = 1000;

    public static void Create(SesCall call)
    {
        var name = call.Input.Required("EmailIdentity", 1, LongestName);
        call.Call.Demand("ses:CreateEmailIdentity", call.Ses.ArnOf(name));
        if (!MailAddress.IsOne(name.Contains('@', StringComparison.Ordinal) ? name : "x@" + name) || name.Contains('<', StringComparison.Ordinal))
        {
            throw SesError.Bad($"Invalid email identity '{Excerpt.Of(name)}': name an address or a domain.");
        }

        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach (var tag in call.Input.Structures("Tags"))
        {
            tags[tag.Required("Key", 1, 128)] = tag.Required("Value", 0, 256);
        }

        var identity = tags.Count <= Limits.Tags ? new Identity(name, call.Input.Text("ConfigurationSetName"), tags) : throw SesError.Bad($"An identity has at most {Limits.Tags} tags.");
        call.Ses.Add(identity);
        WriteState(call, identity);
    }

    public static void Get(SesCall call)
    {
        call.Call.Demand("ses:GetEmailIdentity", call.Ses.ArnOf(call.Name));
        var identity = call.Ses.Identities.FirstOrDefault(identity => identity.Name.Equals(call.Name, StringComparison.OrdinalIgnoreCase))
            ?? throw SesError.NotFound($"Email identity {Excerpt.Of(call.Name)} does not exist.");
        WriteState(call, identity);
        call.Output.WriteString("VerificationStatus"u8, "SUCCESS"u8);
        call.Output.WriteBoolean("FeedbackForwardingStatus"u8, true);
        if (identity.ConfigurationSet is { } set)
        {
            call.Output.WriteString("ConfigurationSetName"u8, set);
        }

        call.Output.WriteStartArray("Tags"u8);
        foreach (var (key, value) in identity.Tags)
        {
            call.Output.WriteStartObject();
            call.Output.WriteString("Key"u8, key);
            call.Output.WriteString("Value"u8, value);
            call.Output.WriteEndObject();
        }

        call.Output.WriteEndArray();
    }

    public static void List(SesCall call)
    {
        call.Call.Demand("ses:ListEmailIdentities", "*");
        var query = call.Call.Http.Request.Query;
        var size = query["PageSize"].ToString() is not { Length: > 0 } text ? MostPerPage
            : int.TryParse(text, out var number) && number is >= 1 and <= MostPerPage ? number : throw SesError.Bad($"PageSize must be 1 to {MostPerPage}.");
        var after = query["NextToken"].ToString() is { Length: > 0 } token ? Decode(token) : null;
        var rest = call.Ses.Identities.Where(identity => after is null || StringComparer.OrdinalIgnoreCase.Compare(identity.Name, after) > 0).ToList();
        call.Output.WriteStartArray("EmailIdentities"u8);
        foreach (var identity in rest.Take(size))
        {
            call.Output.WriteStartObject();
            call.Output.WriteString("IdentityType"u8, identity.Type);
            call.Output.WriteString("IdentityName"u8, identity.Name);
            call.Output.WriteBoolean("SendingEnabled"u8, true);
            call.Output.WriteString("VerificationStatus"u8, "SUCCESS"u8);
            call.Output.WriteEndObject();
        }

        call.Output.WriteEndArray();
        if (rest.Count > size)
        {
            call.Output.WriteString("NextToken"u8, Convert.ToBase64String(Encoding.UTF8.GetBytes(rest[size - 1].Name)));
        }
    }

    public static void Delete(SesCall call)
    {
        call.Call.Demand("ses:DeleteEmailIdentity", call.Ses.ArnOf(call.Name));
        call.Ses.Remove(call.Name);
    }

    private static void WriteState(SesCall call, Identity identity)
    {
        call.Output.WriteString("IdentityType"u8, identity.Type);
        call.Output.WriteBoolean("VerifiedForSendingStatus"u8, true);
        call.Output.WriteStartObject("DkimAttributes"u8);
        call.Output.WriteBoolean("SigningEnabled"u8, identity.IsDomain);
        call.Output.WriteString("Status"u8, identity.IsDomain ? "SUCCESS"u8 : "NOT_STARTED"u8);
        call.Output.WriteEndObject();
    }

    private static string Decode(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length) : throw SesError.Bad("NextToken is none that this service gave out.");
    }
}
