using LocalCloud.Http;

namespace LocalCloud.Email;

/// <summary>Whether a caller may send from an address: it needs ses:SendEmail on the address or, as if that had been verified instead, on its domain.</summary>
internal static class SenderAccess
{
    private const string Action = "ses:SendEmail";

    /// <exception cref="ServiceException">It may not.</exception>
    public static void Demand(SesCall call, string address)
    {
        Dictionary<string, string> keys = new() { ["ses:FromAddress"] = address, ["ses:ApiVersion"] = "2" };
        if (call.Call.Refusal(Action, call.Ses.ArnOf(address[(address.LastIndexOf('@') + 1)..]), null, keys) is not null)
        {
            call.Call.Demand(Action, call.Ses.ArnOf(address), null, keys);
        }
    }
}
