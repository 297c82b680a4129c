using LocalCloud.Iam;

namespace LocalCloud.Persistence.Accounts;

/// <summary>All that the records of IAM say, each by what its record names.</summary>
internal sealed class AccountImage
{
    /// <summary>By unique id, each with the ARNs of the managed policies that it shares.</summary>
    public Dictionary<string, (Identity Identity, List<string> Attached)> Identities { get; } = new(StringComparer.Ordinal);

    /// <summary>By ARN.</summary>
    public Dictionary<string, ManagedPolicy> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>By id, each with the unique id of its user or role; null for those of the account's owner.</summary>
    public Dictionary<string, (AccessKeyPair Key, string? IdentityId)> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>Fills an account that has nothing yet.</summary>
    /// <exception cref="Http.ServiceException">There is more than an account may have, or a policy of AWS that is unknown here.</exception>
    public void Restore(IamAccount iam)
    {
        foreach (var policy in Policies.Values)
        {
            iam.Policies.Add(policy);
        }

        foreach (var (identity, attached) in Identities.Values)
        {
            identity.Attached = [.. attached.Select(iam.Policies.Get)];
            iam.Of(identity.Kind).Add(identity);
        }

        foreach (var (key, id) in Keys.Values)
        {
            if (id is null)
            {
                iam.Add(key);
            }
            else if (Identities.TryGetValue(id, out var owner))
            {
                iam.Add(key with { Caller = key.Caller with { Identity = owner.Identity } });
            }
        }
    }
}
