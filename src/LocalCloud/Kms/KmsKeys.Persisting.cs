using LocalCloud.Persistence.Keys;

namespace LocalCloud.Kms;

/// <content>Keys and aliases out of a journal, and all of them into one.</content>
internal sealed partial class KmsKeys
{
    private KeyJournal? _journal;

    /// <summary>Takes over what a journal had, before anybody calls, and records from now on.</summary>
    public void Restore(IEnumerable<KmsKey> keys, IEnumerable<KmsAlias> aliases, KeyJournal journal)
    {
        foreach (var key in keys)
        {
            _keys[key.Id] = key;
        }

        foreach (var alias in aliases)
        {
            _aliases[alias.Name] = alias;
        }

        _journal = journal;
    }

    /// <summary>Records everything again.</summary>
    public void Snapshot()
    {
        lock (_gate)
        {
            foreach (var key in _keys.Values)
            {
                _journal!.Defined(key);
            }

            foreach (var alias in _aliases.Values)
            {
                _journal!.Defined(alias);
            }
        }
    }

    private KmsKey Keep(KmsKey key)
    {
        _keys[key.Id] = key;
        _journal?.Defined(key);
        return key;
    }

    private KmsAlias Keep(KmsAlias alias)
    {
        _aliases[alias.Name] = alias;
        _journal?.Defined(alias);
        return alias;
    }
}
