namespace LocalCloud.Policies;

/// <summary>How a statement's principals meet a caller.</summary>
internal enum Reach
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By the account that the caller belongs to.</summary>
    Account,

    /// <summary>By name, by role, or as everybody.</summary>
    Direct,
}
