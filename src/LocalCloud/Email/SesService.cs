namespace LocalCloud.Email;

/// <summary>The mailbox and the identities of the account.</summary>
internal sealed class SesService(CloudOptions options, Mailbox mailbox)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Identity> _identities = new(StringComparer.OrdinalIgnoreCase);

    public Mailbox Mailbox => mailbox;

    public DateTimeOffset Now => options.Time.GetUtcNow();

    /// <summary>By name, sorted.</summary>
    public IReadOnlyList<Identity> Identities
    {
        get
        {
            lock (_gate)
            {
                return [.. _identities.Values];
            }
        }
    }

    public string ArnOf(string identity) => $"arn:aws:ses:{options.Region}:{options.AccountId}:identity/{identity}";

    /// <exception cref="Http.ServiceException">It exists already, or there are too many.</exception>
    public void Add(Identity identity)
    {
        lock (_gate)
        {
            if (_identities.Count >= Limits.MailIdentities)
            {
                throw SesError.LimitExceeded($"The account has {Limits.MailIdentities} identities already.");
            }

            if (!_identities.TryAdd(identity.Name, identity))
            {
                throw SesError.AlreadyExists($"Email identity {identity.Name} already exist.");
            }
        }
    }

    /// <exception cref="Http.ServiceException">It does not exist.</exception>
    public void Remove(string name)
    {
        lock (_gate)
        {
            if (!_identities.Remove(name))
            {
                throw SesError.NotFound($"Email identity {Http.Excerpt.Of(name)} does not exist.");
            }
        }
    }
}
