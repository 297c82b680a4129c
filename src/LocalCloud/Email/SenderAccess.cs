using LocalCloud.Http;

namespace LocalCloud.Email;

/// <summary>Whether a caller may send from an address: it needs ses:SendEmail on the address or, as if that had been verified instead, on its domain.</summary>
internal static class SenderAccess
{
    private const string Action = "ses:SendEmail";

    /// <exception cref="ServiceException">It may not.</exception>
    public static void Demand(Call call, string from)
    {
        // With a name it is: Hotel <bookings@example.com>.
        var address = from[(from.IndexOf('<', StringComparison.Ordinal) + 1)..].TrimEnd('>', ' ');
        var identities = $"arn:aws:ses:{call.Options.Region}:{call.Options.AccountId}:identity/";
        Dictionary<string, string> keys = new() { ["ses:FromAddress"] = address, ["ses:ApiVersion"] = "2" };
        var domain = address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];
        if (call.Refusal(Action, identities + domain, null, keys) is not null)
        {
            call.Demand(Action, identities + address, null, keys);
        }
    }
}
