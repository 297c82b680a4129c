using System.Collections.Concurrent;
using LocalCloud.Http;

namespace LocalCloud.Iam;

/// <summary>The users, or the roles, of the account by name; names differ by more than case.</summary>
internal sealed class Identities(IamAccount account, CallerKind kind)
{
    private readonly ConcurrentDictionary<string, Identity> _all = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<Identity> All => _all.Values.OrderBy(identity => identity.Name, StringComparer.Ordinal);

    /// <summary>As the parameters of IAM's API call it: <c>Role</c>, <c>User</c>.</summary>
    public string Word => kind == CallerKind.Role ? "Role" : "User";

    /// <summary>The ARN that a name has or would have.</summary>
    public string ArnOf(string name) => Find(name)?.Arn ?? ArnOf(name, "/");

    public string ArnOf(string name, string path) => $"arn:aws:iam::{account.Id}:{Word.ToLowerInvariant()}{path}{name}";

    public Identity? Find(string name) => _all.GetValueOrDefault(name);

    public Identity? FindByArn(string arn) => arn.StartsWith($"arn:aws:iam::{account.Id}:{Word.ToLowerInvariant()}/", StringComparison.Ordinal)
        && Find(arn[(arn.LastIndexOf('/') + 1)..]) is { } identity && identity.Arn == arn ? identity : null;

    /// <exception cref="ServiceException">There is none of that name.</exception>
    public Identity Get(string name) => Find(name) ?? throw IamError.NoSuchEntity($"The {Word.ToLowerInvariant()} with name {Excerpt.Of(name)} cannot be found.");

    /// <exception cref="ServiceException">The name is taken, or there are too many.</exception>
    public void Add(Identity identity)
    {
        lock (account.Gate)
        {
            if (_all.Count >= Limits.Identities)
            {
                throw IamError.LimitExceeded($"Cannot exceed quota for {Word}sPerAccount: {Limits.Identities}.");
            }

            if (!_all.TryAdd(identity.Name, identity))
            {
                throw IamError.EntityAlreadyExists($"{Word} with name {identity.Name} already exists.");
            }

            account.Journal?.Defined(identity);
        }
    }

    /// <summary>Changes one that was added: there is no other way that is recorded.</summary>
    /// <exception cref="ServiceException">There is none of that name, or the change refuses.</exception>
    public void Change(string name, Action<Identity> change)
    {
        lock (account.Gate)
        {
            var identity = Get(name);
            change(identity);
            account.Journal?.Defined(identity);
        }
    }

    /// <summary>Removes it, its keys and its sessions. Called under <see cref="IamAccount.Gate"/>, by whoever saw there that it may go.</summary>
    public void Remove(Identity identity)
    {
        _all.TryRemove(identity.Name, out _);
        account.RemoveKeysOf(identity);
        account.Journal?.Deleted(identity);
    }

    /// <summary>Records every one again.</summary>
    public void Snapshot()
    {
        foreach (var identity in All)
        {
            lock (account.Gate)
            {
                if (Find(identity.Name) == identity)
                {
                    account.Journal!.Defined(identity);
                }
            }
        }
    }
}
