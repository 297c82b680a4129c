namespace LocalCloud.Iam;

/// <summary>What stands behind a request.</summary>
internal enum CallerKind
{
    /// <summary>A request without a signature.</summary>
    Anonymous,

    /// <summary>The owner of the account, with the key <c>test</c>: no policy binds it.</summary>
    Root,

    /// <summary>A user with a key of its own.</summary>
    User,

    /// <summary>A session of a role.</summary>
    Role,

    /// <summary>A service of AWS that acts for somebody, such as SNS when it delivers.</summary>
    Service,
}
