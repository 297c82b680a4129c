using System.Collections.Immutable;
using LocalCloud.Policies.Conditions;

namespace LocalCloud.Policies;

/// <summary>A statement of a policy.</summary>
internal sealed record Statement
{
    /// <summary>Its name; null without one.</summary>
    public string? Sid { get; init; }

    /// <summary>Whether its Effect is Allow; else it is Deny.</summary>
    public bool Allows { get; init; }

    /// <summary>Whom it concerns; null in an identity's policy, which concerns the identity.</summary>
    public Principals? Principals { get; init; }

    /// <summary>Whether the principals are those it does not concern.</summary>
    public bool NotPrincipals { get; init; }

    /// <summary>Patterns such as <c>sqs:*</c>, in any case.</summary>
    public required ImmutableArray<string> Actions { get; init; }

    public bool NotActions { get; init; }

    /// <summary>Patterns of ARNs; null in a policy that belongs to one thing and does not name it.</summary>
    public ImmutableArray<string>? Resources { get; init; }

    public bool NotResources { get; init; }

    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary>Whether <c>${aws:username}</c> is a variable: since version 2012-10-17.</summary>
    public bool HasVariables { get; init; }

    /// <summary>Whether and how the statement has something to say to a request.</summary>
    public Reach Applies(AccessRequest request)
    {
        if (ActionMatches(request) == NotActions || !ResourceMatches(request))
        {
            return Reach.None;
        }

        var reach = Principals is null ? Reach.Direct : Principals.Match(request.Caller);
        if (NotPrincipals)
        {
            reach = reach == Reach.None ? Reach.Direct : Reach.None;
        }

        return reach != Reach.None && Conditions.All(condition => condition.IsMet(request, HasVariables)) ? reach : Reach.None;
    }

    private bool ActionMatches(AccessRequest request)
    {
        foreach (var action in Actions)
        {
            if (Wildcard.Matches(action, request.Action, ignoreCase: true))
            {
                return true;
            }
        }

        return false;
    }

    private bool ResourceMatches(AccessRequest request)
    {
        if (Resources is not { } resources)
        {
            return true;
        }

        foreach (var resource in resources)
        {
            if (Variables.Expand(resource, request, HasVariables) is { } pattern && Wildcard.Matches(pattern, request.Resource))
            {
                return !NotResources;
            }
        }

        return NotResources;
    }
}
