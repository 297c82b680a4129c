using LocalCloud.Lambda.Calls;

namespace LocalCloud.Lambda.Access;

/// <summary>The role that a function runs under.</summary>
/// <param name="Arn">Of the role.</param>
/// <param name="Key">Stands for a session of it, named after the function.</param>
/// <param name="Services">Calls queues with that key, as Lambda's pollers do.</param>
internal sealed record FunctionRole(string Arn, AccessKey Key, ServiceClient Services);
