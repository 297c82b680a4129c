using LocalCloud.Policies;

namespace LocalCloud.Iam.Operations;

/// <summary>PutRolePolicy, PutUserPolicy and their kind: policies that one role or user has for itself.</summary>
internal static class InlinePolicies
{
    private const int LongestName = 128;

    /// <summary>Characters of all inline policies together.</summary>
    private const int LongestOfRole = 10_240;
    private const int LongestOfUser = 2048;

    public static void Put(IamCall call, Identities identities)
    {
        var owner = Owner(call, identities, "Put{0}Policy");
        var name = call.Name("PolicyName", LongestName);
        var (json, _) = call.Policy("PolicyDocument", PolicyKind.Identity);
        identities.Change(owner, identity =>
        {
            var (inline, limit) = (identity.Inline.SetItem(name, json), identities == call.Iam.Roles ? LongestOfRole : LongestOfUser);
            identity.Inline = inline.Values.Sum(text => text.Count(c => !char.IsWhiteSpace(c))) <= limit ? inline
                : throw IamError.LimitExceeded($"Maximum policy size of {limit} bytes exceeded for {identities.Word.ToLowerInvariant()} {identity.Name}");
        });
    }

    public static void Get(IamCall call, Identities identities)
    {
        var identity = identities.Get(Owner(call, identities, "Get{0}Policy"));
        var name = call.Required("PolicyName");
        var json = identity.Inline.GetValueOrDefault(name) ?? throw Missing(identities, name);
        call.Output.Element(identities.Word + "Name", identity.Name).Element("PolicyName", name).Element("PolicyDocument", Uri.EscapeDataString(json));
    }

    public static void List(IamCall call, Identities identities)
    {
        var identity = identities.Get(Owner(call, identities, "List{0}Policies"));
        call.Output.Open("PolicyNames");
        foreach (var name in identity.Inline.Keys)
        {
            call.Output.Element("member", name);
        }

        call.Output.Close("PolicyNames").Element("IsTruncated", "false");
    }

    public static void Delete(IamCall call, Identities identities)
    {
        var owner = Owner(call, identities, "Delete{0}Policy");
        var name = call.Required("PolicyName");
        identities.Change(owner, identity =>
        {
            var rest = identity.Inline.Remove(name);
            identity.Inline = rest != identity.Inline ? rest : throw Missing(identities, name);
        });
    }

    /// <summary>The same identity, which has no policy left and may be deleted.</summary>
    /// <exception cref="Http.ServiceException">It has one.</exception>
    public static Identity Bare(Identity identity) =>
        identity.Attached.Length > 0 ? throw IamError.DeleteConflict("Cannot delete entity, must detach all policies first.")
        : identity.Inline.Count > 0 ? throw IamError.DeleteConflict("Cannot delete entity, must delete policies first.")
        : identity;

    /// <summary>The name of the role or user, whose caller may do that with it.</summary>
    public static string Owner(IamCall call, Identities identities, string action)
    {
        var name = call.Required(identities.Word + "Name");
        call.Call.Demand("iam:" + string.Format(System.Globalization.CultureInfo.InvariantCulture, action, identities.Word), identities.ArnOf(name));
        return name;
    }

    private static Http.ServiceException Missing(Identities identities, string name) =>
        IamError.NoSuchEntity($"The {identities.Word.ToLowerInvariant()} policy with name {Http.Excerpt.Of(name)} cannot be found.");
}
