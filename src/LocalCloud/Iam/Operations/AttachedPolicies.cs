namespace LocalCloud.Iam.Operations;

/// <summary>AttachRolePolicy, AttachUserPolicy and their kind: managed policies that roles and users share.</summary>
internal static class AttachedPolicies
{
    private const int Most = 20;

    public static void Attach(IamCall call, Identities identities)
    {
        var owner = InlinePolicies.Owner(call, identities, "Attach{0}Policy");
        identities.Change(owner, identity =>
        {
            var policy = call.Iam.Policies.Get(call.Required("PolicyArn"));
            if (identity.Attached.Contains(policy))
            {
                return;
            }

            identity.Attached = identity.Attached.Length < Most ? identity.Attached.Add(policy)
                : throw IamError.LimitExceeded($"Cannot exceed quota for PoliciesPer{identities.Word}: {Most}");
        });
    }

    public static void Detach(IamCall call, Identities identities)
    {
        var owner = InlinePolicies.Owner(call, identities, "Detach{0}Policy");
        var arn = call.Required("PolicyArn");
        identities.Change(owner, identity =>
        {
            var policy = identity.Attached.FirstOrDefault(policy => policy.Arn == arn) ?? throw IamError.NoSuchEntity($"Policy {Http.Excerpt.Of(arn)} was not found.");
            identity.Attached = identity.Attached.Remove(policy);
        });
    }

    public static void List(IamCall call, Identities identities)
    {
        var identity = identities.Get(InlinePolicies.Owner(call, identities, "ListAttached{0}Policies"));
        call.Output.Open("AttachedPolicies");
        foreach (var policy in identity.Attached)
        {
            call.Output.Open("member").Element("PolicyName", policy.Name).Element("PolicyArn", policy.Arn).Close("member");
        }

        call.Output.Close("AttachedPolicies").Element("IsTruncated", "false");
    }
}
