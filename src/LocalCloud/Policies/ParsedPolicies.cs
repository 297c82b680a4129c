using System.Runtime.CompilerServices;

namespace LocalCloud.Policies;

/// <summary>Policies of resources, parsed once for each stored text and forgotten with it.</summary>
internal static class ParsedPolicies
{
    private static readonly ConditionalWeakTable<string, Policy> Resources = [];
    private static readonly ConditionalWeakTable<string, Policy> Roles = [];

    /// <summary>The policy of a resource; one that cannot be read allows nothing.</summary>
    public static Policy? Of(string? json) => json is null ? null : Resources.GetValue(json, static json => Parse(json, PolicyKind.Resource));

    /// <summary>The trust policy of a role.</summary>
    public static Policy? OfRole(string? json) => json is null ? null : Roles.GetValue(json, static json => Parse(json, PolicyKind.Trust));

    /// <summary>Whether a text is a policy for a resource.</summary>
    public static bool IsValid(string json)
    {
        try
        {
            _ = PolicyReader.Read(json, PolicyKind.Resource);
            return true;
        }
        catch (MalformedPolicyException)
        {
            return false;
        }
    }

    private static Policy Parse(string json, PolicyKind kind)
    {
        try
        {
            return PolicyReader.Read(json, kind);
        }
        catch (MalformedPolicyException)
        {
            return new Policy([]);
        }
    }
}
