namespace LocalCloud.Persistence.Accounts;

/// <summary>The records of IAM and STS. The numbers are in files: add, never change.</summary>
internal enum AccountRecord : byte
{
    /// <summary>A user or role with its trust policy, its inline policies, and the ARNs of those attached to it.</summary>
    Identity = 1,

    /// <summary>A user or role is gone, with its keys and sessions.</summary>
    IdentityDeleted = 2,

    /// <summary>A managed policy of the account.</summary>
    Policy = 3,

    /// <summary>A managed policy is gone.</summary>
    PolicyDeleted = 4,

    /// <summary>A key or a session, with its secret.</summary>
    Key = 5,

    /// <summary>A key or a session is gone.</summary>
    KeyDeleted = 6,
}
