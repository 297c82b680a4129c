namespace LocalCloud.Kms;

/// <summary>The keys and aliases of the account. Safe to use from several threads.</summary>
internal sealed class KmsKeys(CloudOptions options)
{
    // Services with a key of their own in each account; it exists from its first use.
    private static readonly string[] Services = ["dynamodb", "kinesis", "lambda", "s3", "secretsmanager", "ses", "sns", "sqs", "ssm"];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, KmsKey> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KmsAlias> _aliases = new(StringComparer.Ordinal);
    private readonly string _arn = $"arn:aws:kms:{options.Region}:{options.AccountId}:";

    /// <summary>By id, sorted.</summary>
    public IReadOnlyList<KmsKey> Keys
    {
        get
        {
            lock (_gate)
            {
                return [.. _keys.Keys.ToArray().Select(Living).OfType<KmsKey>().OrderBy(key => key.Id, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>By name, sorted.</summary>
    public IReadOnlyList<KmsAlias> Aliases
    {
        get
        {
            lock (_gate)
            {
                return [.. _aliases.Values.Where(alias => Living(alias.KeyId) is not null).OrderBy(alias => alias.Name, StringComparer.Ordinal)];
            }
        }
    }

    public DateTimeOffset Now => options.Time.GetUtcNow();

    public string AccountId => options.AccountId;

    public string ArnOf(string resource) => _arn + resource;

    /// <summary>By key id, key ARN, alias name (<c>alias/x</c>) or alias ARN; the key of an AWS service is made when it is asked for first.</summary>
    /// <returns>Null when there is no such key in this account and region.</returns>
    public KmsKey? Find(string reference)
    {
        var resource = reference.StartsWith(_arn, StringComparison.Ordinal) ? reference[_arn.Length..] : reference;
        lock (_gate)
        {
            if (resource.StartsWith(KmsAlias.Prefix, StringComparison.Ordinal))
            {
                return FindAlias(resource) is { } alias ? Living(alias.KeyId) : null;
            }

            const string key = "key/";
            return reference.Length > resource.Length && !resource.StartsWith(key, StringComparison.Ordinal) ? null
                : Living(reference.Length > resource.Length ? resource[key.Length..] : resource);
        }
    }

    public KmsAlias? Alias(string name)
    {
        lock (_gate)
        {
            return FindAlias(name) is { } alias && Living(alias.KeyId) is not null ? alias : null;
        }
    }

    /// <summary>Makes a customer's key.</summary>
    /// <param name="policy">Null for the default one.</param>
    /// <param name="refine">Sets the rest.</param>
    /// <exception cref="Http.ServiceException">There are as many keys as the account may have.</exception>
    public KmsKey Create(string? policy, Func<KmsKey, KmsKey> refine)
    {
        lock (_gate)
        {
            return _keys.Count < Limits.Keys ? Add(policy ?? KeyPolicy.Default(AccountId), refine) : throw KmsError.LimitExceeded($"The account has {Limits.Keys} keys already.");
        }
    }

    /// <summary>Puts another record in the place of a key's.</summary>
    /// <exception cref="Http.ServiceException">The key has gone, or <paramref name="change"/> refuses.</exception>
    public KmsKey Change(string id, Func<KmsKey, KmsKey> change)
    {
        lock (_gate)
        {
            return _keys[id] = change(Living(id) ?? throw KmsError.KeyNotFound(ArnOf($"key/{id}")));
        }
    }

    /// <summary>Adds, replaces (with what is there already) or, when the answer is null, removes an alias.</summary>
    public void ChangeAlias(string name, Func<KmsAlias?, KmsAlias?> change)
    {
        lock (_gate)
        {
            if (change(Alias(name)) is { } alias)
            {
                _aliases[name] = alias;
            }
            else
            {
                _aliases.Remove(name);
            }
        }
    }

    private KmsAlias? FindAlias(string name)
    {
        if (_aliases.TryGetValue(name, out var alias) || !name.StartsWith(KmsAlias.ReservedPrefix, StringComparison.Ordinal))
        {
            return alias;
        }

        var service = name[KmsAlias.ReservedPrefix.Length..];
        if (!Services.Contains(service))
        {
            return null;
        }

        var key = Add(KeyPolicy.OfService(service, options.Region, AccountId), key => key with
        {
            Service = service,
            Description = $"Default key that protects my {service} data when no other key is defined",
            RotationPeriod = KeyRotation.DefaultPeriod,
            NextRotation = Now.AddDays(KeyRotation.DefaultPeriod),
        });
        return _aliases[name] = new KmsAlias(name, ArnOf(name), key.Id, Now, Now);
    }

    private KmsKey Add(string policy, Func<KmsKey, KmsKey> refine)
    {
        var id = Guid.NewGuid().ToString();
        return _keys[id] = refine(new KmsKey(id, ArnOf($"key/{id}"), policy, Now));
    }

    // Time passes for a key whenever somebody looks at it.
    private KmsKey? Living(string id)
    {
        if (!_keys.TryGetValue(id, out var key))
        {
            return null;
        }

        if (key.At(Now) is { } living)
        {
            return _keys[id] = living;
        }

        _keys.Remove(id);
        foreach (var alias in _aliases.Values.Where(alias => alias.KeyId == id).ToList())
        {
            _aliases.Remove(alias.Name);
        }

        return null;
    }
}
