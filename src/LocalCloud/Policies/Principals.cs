using System.Collections.Immutable;
using LocalCloud.Iam;

namespace LocalCloud.Policies;

/// <summary>Whom a statement concerns.</summary>
/// <param name="Everybody">Signed or not.</param>
/// <param name="Aws">Accounts, users, roles and sessions: account numbers and ARNs.</param>
/// <param name="Services">Such as <c>sns.amazonaws.com</c>.</param>
internal sealed record Principals(bool Everybody, ImmutableArray<string> Aws, ImmutableArray<string> Services)
{
    public Reach Match(Caller caller)
    {
        if (caller.Kind == CallerKind.Service)
        {
            return Everybody || Services.Contains(caller.Arn) ? Reach.Direct : Reach.None;
        }

        if (Everybody)
        {
            return Reach.Direct;
        }

        var reach = Reach.None;
        foreach (var principal in caller.Kind == CallerKind.Anonymous ? [] : Aws)
        {
            if (principal == caller.Arn || principal == caller.RoleArn)
            {
                return Reach.Direct;
            }

            if (principal == caller.Account || principal == $"arn:aws:iam::{caller.Account}:root")
            {
                reach = Reach.Account;
            }
        }

        return reach;
    }
}
