namespace LocalCloud.Policies;

/// <summary>What a policy is attached to, which says which elements it must have.</summary>
internal enum PolicyKind
{
    /// <summary>A user, a role or a session: it has resources and no principals.</summary>
    Identity,

    /// <summary>A queue, a topic, a key or a bucket: it has principals.</summary>
    Resource,

    /// <summary>A role's own trust policy: it has principals and no resources.</summary>
    Trust,
}
