using LocalCloud.Policies;

namespace LocalCloud.Iam;

/// <summary>A policy that was given when a session began: the session may do only what it allows too.</summary>
/// <param name="Json">As it was given.</param>
/// <param name="Document">The same, read.</param>
internal sealed record SessionPolicy(string Json, Policy Document);
