using System.Collections.Concurrent;

namespace LocalCloud.Iam;

/// <summary>The managed policies that can be attached: the account's and AWS's own.</summary>
internal sealed class ManagedPolicies(IamAccount account)
{
    private readonly ConcurrentDictionary<string, ManagedPolicy> _own = new(StringComparer.Ordinal);

    public IEnumerable<ManagedPolicy> Own => _own.Values.OrderBy(policy => policy.Name, StringComparer.Ordinal);

    /// <exception cref="Http.ServiceException">There is no such policy.</exception>
    public ManagedPolicy Get(string arn) => _own.GetValueOrDefault(arn) ?? AwsManagedPolicies.Find(arn)
        ?? throw IamError.NoSuchEntity($"Policy {Http.Excerpt.Of(arn)} does not exist or is not attachable.");

    /// <exception cref="Http.ServiceException">The name is taken, or there are too many.</exception>
    public void Add(ManagedPolicy policy)
    {
        lock (account.Gate)
        {
            if (_own.Count >= Limits.Identities)
            {
                throw IamError.LimitExceeded($"Cannot exceed quota for PoliciesPerAccount: {Limits.Identities}.");
            }

            if (!_own.TryAdd(policy.Arn, policy))
            {
                throw IamError.EntityAlreadyExists($"A policy called {policy.Name} already exists. Duplicate names are not allowed.");
            }

            account.Journal?.Defined(policy);
        }
    }

    /// <exception cref="Http.ServiceException">It is attached.</exception>
    public void Remove(ManagedPolicy policy)
    {
        lock (account.Gate)
        {
            if (AttachedTo(policy) > 0)
            {
                throw IamError.DeleteConflict("Cannot delete a policy attached to entities.");
            }

            if (!_own.TryRemove(policy.Arn, out _))
            {
                throw IamError.AccessDenied($"{policy.Arn} is AWS's own policy: it cannot be deleted.");
            }

            account.Journal?.Deleted(policy);
        }
    }

    /// <summary>Records every one of the account again.</summary>
    public void Snapshot()
    {
        foreach (var policy in Own)
        {
            lock (account.Gate)
            {
                if (_own.GetValueOrDefault(policy.Arn) == policy)
                {
                    account.Journal!.Defined(policy);
                }
            }
        }
    }

    public int AttachedTo(ManagedPolicy policy) => account.Roles.All.Concat(account.Users.All).Count(identity => identity.Attached.Contains(policy));
}
