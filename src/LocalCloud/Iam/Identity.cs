using System.Collections.Immutable;
using LocalCloud.Policies;

namespace LocalCloud.Iam;

/// <summary>A user or a role: a name that policies are attached to.</summary>
internal sealed class Identity(CallerKind kind, string name, string path, string arn, string id, DateTimeOffset createdAt)
{
    private ImmutableSortedDictionary<string, string> _inline = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
    private ImmutableArray<ManagedPolicy> _attached = [];

    /// <summary><see cref="CallerKind.User"/> or <see cref="CallerKind.Role"/>.</summary>
    public CallerKind Kind { get; } = kind;

    public string Name { get; } = name;

    public string Path { get; } = path;

    public string Arn { get; } = arn;

    /// <summary>Unique for ever, unlike the name: <c>AROA…</c>, <c>AIDA…</c>.</summary>
    public string Id { get; } = id;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public string? Description { get; init; }

    /// <summary>Seconds that a session of the role may last, 3,600 to 43,200.</summary>
    public int MaxSessionDuration { get; init; } = 3600;

    /// <summary>Who may assume the role, as JSON; null for a user.</summary>
    public string? TrustPolicy { get; set; }

    /// <summary>The policies that only it has, as JSON by name. Replaced as a whole on every change.</summary>
    public ImmutableSortedDictionary<string, string> Inline
    {
        get => _inline;
        set
        {
            _inline = value;
            Refresh();
        }
    }

    /// <summary>The managed policies it shares. Replaced as a whole on every change.</summary>
    public ImmutableArray<ManagedPolicy> Attached
    {
        get => _attached;
        set
        {
            _attached = value;
            Refresh();
        }
    }

    /// <summary>All of them, parsed: what every call of a session is weighed by.</summary>
    public ImmutableArray<Policy> Policies { get; private set; } = [];

    private void Refresh() =>
        Policies = [.. _inline.Values.Select(json => PolicyReader.Read(json, PolicyKind.Identity)), .. _attached.Select(policy => policy.Document)];
}
