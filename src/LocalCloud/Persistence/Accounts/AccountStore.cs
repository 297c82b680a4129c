using LocalCloud.Iam;
using LocalCloud.Policies;

namespace LocalCloud.Persistence.Accounts;

/// <summary>The side of the journal that IAM and STS share.</summary>
internal sealed class AccountStore(IamAccount iam) : IPersistent
{
    private AccountImage _image = new();

    public RecordOwner Owner => RecordOwner.Iam;

    public void Replay(ref RecordReader record)
    {
        var kind = (AccountRecord)record.Byte();
        var id = record.Text();
        try
        {
            Take(kind, id, ref record);
        }
        catch (MalformedPolicyException malformed)
        {
            throw new InvalidDataException($"a policy of {id} cannot be read: {malformed.Message}", malformed);
        }
    }

    public void Restore(Journal journal)
    {
        _image.Restore(iam);
        iam.Journal = new AccountJournal(journal);
        _image = new();
    }

    public void Snapshot() => iam.Snapshot();

    private void Take(AccountRecord kind, string id, ref RecordReader record)
    {
        switch (kind)
        {
            case AccountRecord.Identity:
                _image.Identities[id] = Identity(id, ref record);
                break;
            case AccountRecord.IdentityDeleted:
                _image.Identities.Remove(id);
                break;
            case AccountRecord.Policy:
                _image.Policies[id] = Policy(id, ref record);
                break;
            case AccountRecord.PolicyDeleted:
                _image.Policies.Remove(id);
                break;
            case AccountRecord.Key:
                _image.Keys[id] = Key(id, ref record);
                break;
            case AccountRecord.KeyDeleted:
                _image.Keys.Remove(id);
                break;
            default:
                throw new InvalidDataException($"IAM has no records of kind {(byte)kind}.");
        }
    }

    private static (Identity Identity, List<string> Attached) Identity(string id, ref RecordReader record)
    {
        var (kind, name, path, arn, created) = (Kind(ref record), record.Text(), record.Text(), record.Text(), Time(record.Long()));
        var identity = new Identity(kind, name, path, arn, id, created)
        {
            Description = record.TextOrNull(),
            MaxSessionDuration = record.Int(),
            TrustPolicy = record.TextOrNull(),
        };
        identity.Inline = identity.Inline.AddRange(record.Map());
        List<string> attached = [];
        for (var count = record.Int(); count > 0; count--)
        {
            attached.Add(record.Text());
        }

        return (identity, attached);
    }

    private static ManagedPolicy Policy(string arn, ref RecordReader record)
    {
        var (name, path, id, json) = (record.Text(), record.Text(), record.Text(), record.Text());
        return new(arn, name, path, id, json, PolicyReader.Read(json, PolicyKind.Identity), Time(record.Long())) { Description = record.TextOrNull() };
    }

    private static (AccessKeyPair Key, string? IdentityId) Key(string id, ref RecordReader record)
    {
        var (secret, created, token, expires) = (record.Text(), record.Long(), record.TextOrNull(), record.LongOrNull());
        var caller = new Caller(Kind(ref record), record.Text(), record.Text(), record.Text())
        {
            SessionPolicy = record.TextOrNull() is { } json ? new(json, PolicyReader.Read(json, PolicyKind.Identity)) : null,
        };
        var key = new AccessKeyPair(id, secret, caller, Time(created)) { SessionToken = token, ExpiresAt = expires is { } known ? Time(known) : null };
        return (key, record.TextOrNull());
    }

    private static CallerKind Kind(ref RecordReader record) => Enum.Parse<CallerKind>(record.Text());

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
