using System.Collections.Concurrent;
using LocalCloud.Persistence.Accounts;

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

    /// <summary>Held while anything here is changed.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Where changes are recorded; null when all is in memory only.</summary>
    public AccountJournal? Journal { get; set; }

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

    /// <summary>All that are of the kind <see cref="CallerKind.Role"/> or <see cref="CallerKind.User"/>.</summary>
    public Identities Of(CallerKind kind) => kind == CallerKind.Role ? Roles : Users;

    public AccessKeyPair? FindKey(string id) => id == RootKey.Id ? RootKey : _keys.GetValueOrDefault(id);

    /// <exception cref="Http.ServiceException">There are too many keys, or its user or role has just been deleted.</exception>
    public AccessKeyPair Add(AccessKeyPair key)
    {
        lock (Gate)
        {
            if (key.Caller.Identity is { } owner && Of(owner.Kind).Find(owner.Name) != owner)
            {
                throw IamError.NoSuchEntity($"The {Of(owner.Kind).Word.ToLowerInvariant()} with name {owner.Name} cannot be found.");
            }

            MakeRoom();
            _keys[key.Id] = key;
            Journal?.Defined(key);
            return key;
        }
    }

    public void Remove(AccessKeyPair key)
    {
        lock (Gate)
        {
            if (_keys.TryRemove(key.Id, out _))
            {
                Journal?.Deleted(key);
            }
        }
    }

    /// <summary>Ends every session and key of a user or role, which goes too: the record of that stands for all of them.</summary>
    public void RemoveKeysOf(Identity identity)
    {
        foreach (var key in _keys.Values.Where(key => key.Caller.Identity == identity))
        {
            _keys.TryRemove(key.Id, out _);
        }
    }

    /// <summary>Records everything again, but sessions that are over.</summary>
    public void Snapshot()
    {
        Policies.Snapshot();
        Roles.Snapshot();
        Users.Snapshot();
        foreach (var (id, key) in _keys)
        {
            lock (Gate)
            {
                if (_keys.ContainsKey(id) && !IsOver(key))
                {
                    Journal!.Defined(key);
                }
            }
        }
    }

    private bool IsOver(AccessKeyPair key) => key.ExpiresAt <= Now;

    private void MakeRoom()
    {
        if (_keys.Count < Limits.AccessKeys)
        {
            return;
        }

        foreach (var key in _keys.Values.Where(IsOver))
        {
            Remove(key);
        }

        if (_keys.Count >= Limits.AccessKeys)
        {
            throw IamError.LimitExceeded($"LocalCloud has {Limits.AccessKeys} access keys and sessions, the most it may. Delete some, or wait until sessions end.");
        }
    }
}
