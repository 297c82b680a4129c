using System.Collections.Immutable;
using LocalCloud.Iam;

namespace LocalCloud.Policies;

/// <summary>Weighs all policies that have a say, as AWS does within one account: a deny wins, then any allow.</summary>
internal static class Access
{
    /// <summary>Why the request is refused, as the end of AWS's sentence; null when it is allowed.</summary>
    /// <param name="request">Who wants what.</param>
    /// <param name="resourcePolicy">The policy of the thing itself, if it has one.</param>
    /// <param name="resourceDecides">
    /// Whether the resource's policy must allow or delegate, as for KMS keys and for the trust policies of roles; elsewhere the identity's own policies suffice.
    /// </param>
    /// <param name="action">The action as the service writes it in its errors.</param>
    public static string? Refusal(AccessRequest request, Policy? resourcePolicy, bool resourceDecides, string action)
    {
        if (request.Caller.Kind == CallerKind.Root)
        {
            return null;
        }

        var own = Evaluate(request.Caller.Policies, request);
        var resource = resourcePolicy?.Evaluate(request) ?? default;
        if (own.Denied || resource.Denied)
        {
            return $"with an explicit deny in {(own.Denied ? "an identity-based" : "a resource-based")} policy";
        }

        if (request.Caller.SessionPolicy is { } limit && limit.Document.Evaluate(request) is var session && !session.Allowed)
        {
            return session.Denied ? "with an explicit deny in a session policy" : $"because no session policy allows the {action} action";
        }

        var owns = own.Allowed && (!resourceDecides || resource.Delegated);
        return owns || resource.Allowed ? null
            : $"because no {(request.Caller.Kind == CallerKind.Service || (resourceDecides && !resource.Delegated) ? "resource" : "identity")}-based policy allows the {action} action";
    }

    private static Grant Evaluate(ImmutableArray<Policy> policies, AccessRequest request)
    {
        var all = default(Grant);
        foreach (var policy in policies)
        {
            var grant = policy.Evaluate(request);
            if (grant.Denied)
            {
                return grant;
            }

            all = all with { Allowed = all.Allowed || grant.Allowed };
        }

        return all;
    }
}
