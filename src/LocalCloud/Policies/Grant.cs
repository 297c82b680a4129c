namespace LocalCloud.Policies;

/// <summary>What a policy says to a request.</summary>
/// <param name="Denied">A statement denies it, which no other can undo.</param>
/// <param name="Allowed">A statement allows it to this caller.</param>
/// <param name="Delegated">A statement allows it to the caller's account, which decides by its own policies.</param>
internal readonly record struct Grant(bool Denied, bool Allowed, bool Delegated);
