using System.Collections.Immutable;

namespace LocalCloud.Policies;

/// <summary>A policy document, read.</summary>
internal sealed record Policy(ImmutableArray<Statement> Statements)
{
    /// <summary>What all statements together say to a request.</summary>
    public Grant Evaluate(AccessRequest request)
    {
        var grant = default(Grant);
        foreach (var statement in Statements)
        {
            var reach = statement.Applies(request);
            if (reach == Reach.None)
            {
                continue;
            }

            if (!statement.Allows)
            {
                return new Grant(Denied: true, Allowed: false, Delegated: false);
            }

            grant = reach == Reach.Direct ? grant with { Allowed = true } : grant with { Delegated = true };
        }

        return grant;
    }
}
