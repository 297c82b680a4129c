using LocalCloud.Iam;
using LocalCloud.Policies;

namespace LocalCloud.Sts.Operations;

/// <summary>Opens a session of a role for whom its trust policy lets.</summary>
internal static class AssumeRole
{
    /// <summary>
    /// Seconds that only the key <c>test</c> may ask for, ten years: a deployment takes such sessions for its functions. Lambda gives a process new keys before
    /// the old ones end; here the environment of a process cannot be changed any more.
    /// </summary>
    public const int Lasting = 315_360_000;

    public static void Run(IamCall call)
    {
        var (arn, session) = (call.Required("RoleArn"), call.Name("RoleSessionName", 64));
        if (session.Length < 2)
        {
            throw IamError.Validation("RoleSessionName must have 2 to 64 characters.");
        }

        var caller = call.Call.Signed();
        var role = call.Iam.Roles.FindByArn(arn);
        Dictionary<string, string> keys = new() { ["sts:RoleSessionName"] = session };
        if (call["ExternalId"] is { } external)
        {
            keys["sts:ExternalId"] = external;
        }

        call.Call.Demand("sts:AssumeRole", arn, role?.TrustPolicy ?? "{}", keys);
        if (role is null)
        {
            // As on AWS, whether there is such a role is not told.
            throw IamError.AccessDenied($"User: {caller.Arn} is not authorized to perform: sts:AssumeRole on resource: {arn}");
        }

        var assumed = new Caller(CallerKind.Role, call.Iam.Id, $"arn:aws:sts::{call.Iam.Id}:assumed-role/{role.Name}/{session}", $"{role.Id}:{session}")
        {
            Identity = role,
            SessionPolicy = call["Policy"] is { Length: > 0 } ? SessionPolicy(call) : null,
        };
        var key = call.Iam.Add(AccessKeyPair.Temporary(assumed, call.Iam.Now, TimeSpan.FromSeconds(Duration(call, caller, role))));
        SessionKeys.Write(call.Output, key)
            .Open("AssumedRoleUser").Element("AssumedRoleId", assumed.UserId).Element("Arn", assumed.Arn).Close("AssumedRoleUser");
    }

    private static SessionPolicy SessionPolicy(IamCall call)
    {
        var (json, policy) = call.Policy("Policy", PolicyKind.Identity);
        return new(json, policy);
    }

    private static int Duration(IamCall call, Caller caller, Identity role)
    {
        if (caller.IsRoot && call["DurationSeconds"] == $"{Lasting}")
        {
            return Lasting;
        }

        var seconds = call.Number("DurationSeconds", 900, 43_200) ?? 3600;
        return seconds <= role.MaxSessionDuration ? seconds
            : throw IamError.Validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
}
