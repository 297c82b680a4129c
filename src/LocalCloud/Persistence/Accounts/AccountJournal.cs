using LocalCloud.Iam;

namespace LocalCloud.Persistence.Accounts;

/// <summary>Appends what happens to users, roles, policies, keys and sessions. Each is called under <see cref="IamAccount.Gate"/>.</summary>
internal sealed class AccountJournal(Journal journal)
{
    public void Defined(Identity identity)
    {
        var record = Start(AccountRecord.Identity, identity.Id)
            .Add(identity.Kind.ToString())
            .Add(identity.Name)
            .Add(identity.Path)
            .Add(identity.Arn)
            .Add(identity.CreatedAt.UtcTicks)
            .Add(identity.Description)
            .Add(identity.MaxSessionDuration)
            .Add(identity.TrustPolicy)
            .Add(identity.Inline)
            .Add(identity.Attached.Length);
        foreach (var policy in identity.Attached)
        {
            record.Add(policy.Arn);
        }

        journal.Append(record);
    }

    public void Deleted(Identity identity) => journal.Append(Start(AccountRecord.IdentityDeleted, identity.Id));

    public void Defined(ManagedPolicy policy) => journal.Append(Start(AccountRecord.Policy, policy.Arn)
        .Add(policy.Name)
        .Add(policy.Path)
        .Add(policy.Id)
        .Add(policy.Json)
        .Add(policy.CreatedAt.UtcTicks)
        .Add(policy.Description));

    public void Deleted(ManagedPolicy policy) => journal.Append(Start(AccountRecord.PolicyDeleted, policy.Arn));

    public void Defined(AccessKeyPair key) => journal.Append(Start(AccountRecord.Key, key.Id)
        .Add(key.Secret)
        .Add(key.CreatedAt.UtcTicks)
        .Add(key.SessionToken)
        .Add(key.ExpiresAt?.UtcTicks)
        .Add(key.Caller.Kind.ToString())
        .Add(key.Caller.Account)
        .Add(key.Caller.Arn)
        .Add(key.Caller.UserId)
        .Add(key.Caller.SessionPolicy?.Json)
        .Add(key.Caller.Identity?.Id));

    public void Deleted(AccessKeyPair key) => journal.Append(Start(AccountRecord.KeyDeleted, key.Id));

    private static RecordWriter Start(AccountRecord kind, string id) => RecordWriter.Start(RecordOwner.Iam, (byte)kind).Add(id);
}
