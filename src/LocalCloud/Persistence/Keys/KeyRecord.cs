namespace LocalCloud.Persistence.Keys;

/// <summary>The records of KMS. The numbers are in files: add, never change.</summary>
internal enum KeyRecord : byte
{
    /// <summary>A key with its policy, tags and all its material.</summary>
    Key = 1,

    /// <summary>A key is gone for good, with its aliases.</summary>
    KeyDeleted = 2,

    /// <summary>An alias and the key it stands for.</summary>
    Alias = 3,

    /// <summary>An alias is gone.</summary>
    AliasDeleted = 4,
}
