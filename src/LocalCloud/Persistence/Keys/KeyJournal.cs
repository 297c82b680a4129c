using LocalCloud.Kms;

namespace LocalCloud.Persistence.Keys;

/// <summary>Appends what happens to keys and aliases. Each is called under the lock of all keys.</summary>
internal sealed class KeyJournal(Journal journal)
{
    public void Defined(KmsKey key)
    {
        var record = Start(KeyRecord.Key, key.Id)
            .Add(key.Policy)
            .Add(key.Created.UtcTicks)
            .Add(key.State.ToString())
            .Add(key.Description)
            .Add(key.Service)
            .Add(key.DeletionDate?.UtcTicks)
            .Add(key.RotationPeriod)
            .Add(key.NextRotation?.UtcTicks)
            .Add(key.Tags)
            .Add(key.Materials.Length);
        foreach (var material in key.Materials)
        {
            record.Add(material.Id);
            material.Write(record);
        }

        journal.Append(record);
    }

    public void Deleted(string keyId) => journal.Append(Start(KeyRecord.KeyDeleted, keyId));

    public void Defined(KmsAlias alias) => journal.Append(Start(KeyRecord.Alias, alias.Name).Add(alias.KeyId).Add(alias.Created.UtcTicks).Add(alias.Updated.UtcTicks));

    public void AliasDeleted(string name) => journal.Append(Start(KeyRecord.AliasDeleted, name));

    private static RecordWriter Start(KeyRecord kind, string name) => RecordWriter.Start(RecordOwner.Kms, (byte)kind).Add(name);
}
