using LocalCloud.Kms;
using LocalCloud.Policies;

namespace LocalCloud.Iam;

/// <summary>Whether a service may bring something to a queue or topic: the target's policy must say so, and that of its key.</summary>
/// <param name="Service">Such as <c>sns.amazonaws.com</c>.</param>
/// <param name="SourceArn">The topic or bucket that it delivers for.</param>
/// <param name="SetUpBy">Who told it to deliver there.</param>
internal sealed record DeliveryAccess(string Service, string SourceArn, string SetUpBy)
{
    /// <summary>
    /// Why it may not; null when it may. Only where the key <c>test</c>, which may do everything, chose a target without any policy, nobody is asked:
    /// so a test needs no policies to see a message arrive, and a deployed template needs all that AWS asks for.
    /// </summary>
    public string? Refusal(DeliveryTarget target, CloudOptions options, KmsKeys keys)
    {
        if (target.Policy is null && SetUpBy == Caller.Root(options.AccountId).Arn)
        {
            return null;
        }

        var context = RequestKeys.OfService(options, SourceArn);
        if (AccessDenied.Reason(new AccessRequest(Caller.Service(Service), target.Action, target.Arn, context), target.Policy) is { } refusal)
        {
            return $"{refusal}. {(target.Policy is null ? $"The {target.Kind} has no policy: it needs one that lets" : $"The {target.Kind}'s policy must let")} {Service} do {target.Action} for aws:SourceArn {SourceArn}";
        }

        return target.KeyId is { Length: > 0 } id ? RefusalOfKey(target, id, options, keys) : null;
    }

    private string? RefusalOfKey(DeliveryTarget target, string id, CloudOptions options, KmsKeys keys)
    {
        if (keys.Find(id) is not { State: KeyState.Enabled } key)
        {
            return $"Key '{id}' of {target.Kind} {target.Arn} does not exist, is disabled or is about to be deleted";
        }

        foreach (var action in KeyUse.Sending)
        {
            var context = RequestKeys.OfService(options, SourceArn, KeyUse.Context(target.Service, target.KeyContext, target.Arn, options));
            if (AccessDenied.Reason(new AccessRequest(Caller.Service(Service), action, key.Arn, context), key.Policy) is { } refusal)
            {
                return $"{refusal}. The policy of the {target.Kind}'s key must let {Service} do kms:GenerateDataKey* and kms:Decrypt{(key.Service is null ? "" : ", which only a customer's key can")}";
            }
        }

        return null;
    }
}
