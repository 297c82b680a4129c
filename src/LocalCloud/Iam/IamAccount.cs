using System.Collections.Concurrent;

namespace LocalCloud.Iam;

/// <summary>The users, roles, policies and keys of the account. Everything here is plain C#: the protocol is elsewhere.</summary>
internal sealed class IamAccount
{
    private readonly ConcurrentDictionary<string, AccessKeyPair> _keys = new(StringComparer.Ordinal);

    public IamAccount(CloudOptions options)
    {
        Options = options;
        Root = Caller.Root(options.AccountId);
        RootKey = new AccessKeyPair("test", "test", Root, options.Time.GetUtcNow());
        Roles = new(this, CallerKind.Role);
        Users = new(this, CallerKind.User);
        Policies = new(this);
    }

    public CloudOptions Options { get; }

    public string Id => Options.AccountId;

    public DateTimeOffset Now => Options.Time.GetUtcNow();

    public Caller Root { get; }

    /// <summary>The key <c>test</c> with the secret <c>test</c>.</summary>
    public AccessKeyPair RootKey { get; }

    public Identities Roles { get; }

    public Identities Users { get; }

    public ManagedPolicies Policies { get; }

    /// <summary>All keys of users and sessions, the one of the account's owner not among them.</summary>
    public IEnumerable<AccessKeyPair> Keys => _keys.Values;

    public AccessKeyPair? FindKey(string id) => id == RootKey.Id ? RootKey : _keys.GetValueOrDefault(id);

    /// <exception cref="Http.ServiceException">There are too many keys.</exception>
    public AccessKeyPair Add(AccessKeyPair key)
    {
        if (_keys.Count >= Limits.AccessKeys)
        {
            foreach (var (id, old) in _keys)
            {
                if (old.ExpiresAt < Now)
                {
                    _keys.TryRemove(id, out _);
                }
            }
        }

        if (_keys.Count >= Limits.AccessKeys)
        {
            throw IamError.LimitExceeded($"LocalCloud has {Limits.AccessKeys} access keys and sessions, the most it may. Delete some, or wait until sessions end.");
        }

        _keys[key.Id] = key;
        return key;
    }

    public void Remove(AccessKeyPair key) => _keys.TryRemove(key.Id, out _);

    /// <summary>Ends every session and key of a user or role.</summary>
    public void RemoveKeysOf(Identity identity)
    {
        foreach (var key in _keys.Values.Where(key => key.Caller.Identity == identity))
        {
            Remove(key);
        }
    }
}
