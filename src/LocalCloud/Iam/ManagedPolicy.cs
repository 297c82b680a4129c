using LocalCloud.Policies;

namespace LocalCloud.Iam;

/// <summary>A policy that users and roles share by its ARN.</summary>
internal sealed record ManagedPolicy(string Arn, string Name, string Path, string Id, string Json, Policy Document, DateTimeOffset CreatedAt)
{
    public string? Description { get; init; }
}
