using LocalCloud.Email.Operations;

namespace LocalCloud.Email;

/// <summary>All operations of SES v2 that there are here, by method and path.</summary>
internal static class SesOperations
{
    private const string Root = "/v2/email/";
    private const string Identity = Root + "identities/";

    /// <summary>Null when there is none there.</summary>
    /// <returns>The operation's name, what it does, and the identity that the path ends with.</returns>
    public static (string Name, Action<SesCall> Run, string Identity)? Find(string method, string path) => (method, path) switch
    {
        ("POST", Root + "outbound-emails") => ("SendEmail", SendEmail.Run, ""),
        ("GET", Root + "account") => ("GetAccount", GetAccount.Run, ""),
        ("POST", Root + "identities") => ("CreateEmailIdentity", Identities.Create, ""),
        ("GET", Root + "identities" or Identity) => ("ListEmailIdentities", Identities.List, ""),
        ("GET", _) when Named(path) is { } name => ("GetEmailIdentity", Identities.Get, name),
        ("DELETE", _) when Named(path) is { } name => ("DeleteEmailIdentity", Identities.Delete, name),
        _ => null,
    };

    private static string? Named(string path) =>
        path.StartsWith(Identity, StringComparison.Ordinal) && path.IndexOf('/', Identity.Length) < 0 ? path[Identity.Length..] : null;
}
