using System.Collections.Immutable;
using LocalCloud.Kms;

namespace LocalCloud.Persistence.Keys;

/// <summary>KMS's side of the journal.</summary>
internal sealed class KeyStore(KmsKeys kms) : IPersistent
{
    private readonly Dictionary<string, KmsKey> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KmsAlias> _aliases = new(StringComparer.Ordinal);

    public RecordOwner Owner => RecordOwner.Kms;

    public void Replay(ref RecordReader record)
    {
        var kind = (KeyRecord)record.Byte();
        var name = record.Text();
        switch (kind)
        {
            case KeyRecord.Key:
                _keys[name] = Key(name, ref record);
                break;
            case KeyRecord.KeyDeleted:
                _keys.Remove(name);
                break;
            case KeyRecord.Alias:
                _aliases[name] = new(name, kms.ArnOf(name), record.Text(), Time(record.Long()), Time(record.Long()));
                break;
            case KeyRecord.AliasDeleted:
                _aliases.Remove(name);
                break;
            default:
                throw new InvalidDataException($"KMS has no records of kind {(byte)kind}.");
        }
    }

    public void Restore(Journal journal)
    {
        kms.Restore(_keys.Values, _aliases.Values.Where(alias => _keys.ContainsKey(alias.KeyId)), new KeyJournal(journal));
        _keys.Clear();
        _aliases.Clear();
    }

    public void Snapshot() => kms.Snapshot();

    private KmsKey Key(string id, ref RecordReader record)
    {
        var key = new KmsKey(id, kms.ArnOf($"key/{id}"), record.Text(), Time(record.Long()))
        {
            State = Enum.Parse<KeyState>(record.Text()),
            Description = record.Text(),
            Service = record.TextOrNull(),
            DeletionDate = TimeOrNull(record.LongOrNull()),
            RotationPeriod = (int?)record.LongOrNull(),
            NextRotation = TimeOrNull(record.LongOrNull()),
            Tags = record.Map().ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        List<KeyMaterial> materials = [];
        for (var count = record.Int(); count > 0; count--)
        {
            materials.Add(new(record.Text(), record.Bytes()));
        }

        return key with { Materials = [.. materials] };
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private static DateTimeOffset? TimeOrNull(long? ticks) => ticks is { } known ? Time(known) : null;
}
