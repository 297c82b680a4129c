using System.Collections.Frozen;
using LocalCloud.Http;
using LocalCloud.Iam.Operations;

namespace LocalCloud.Iam;

/// <summary>IAM over the Query protocol.</summary>
internal sealed class IamProtocol(IamAccount iam) : IService
{
    private const string Xmlns = "https://iam.amazonaws.com/doc/2010-05-08/";

    private static readonly FrozenDictionary<string, (Action<IamCall> Run, bool HasResult)> Operations = new Dictionary<string, (Action<IamCall>, bool)>
    {
        ["CreateRole"] = (Roles.Create, true),
        ["GetRole"] = (Roles.Get, true),
        ["ListRoles"] = (Roles.List, true),
        ["DeleteRole"] = (Roles.Delete, false),
        ["UpdateAssumeRolePolicy"] = (Roles.UpdateTrust, false),
        ["PutRolePolicy"] = (call => InlinePolicies.Put(call, call.Iam.Roles), false),
        ["GetRolePolicy"] = (call => InlinePolicies.Get(call, call.Iam.Roles), true),
        ["ListRolePolicies"] = (call => InlinePolicies.List(call, call.Iam.Roles), true),
        ["DeleteRolePolicy"] = (call => InlinePolicies.Delete(call, call.Iam.Roles), false),
        ["AttachRolePolicy"] = (call => AttachedPolicies.Attach(call, call.Iam.Roles), false),
        ["DetachRolePolicy"] = (call => AttachedPolicies.Detach(call, call.Iam.Roles), false),
        ["ListAttachedRolePolicies"] = (call => AttachedPolicies.List(call, call.Iam.Roles), true),
        ["CreateUser"] = (Users.Create, true),
        ["GetUser"] = (Users.Get, true),
        ["ListUsers"] = (Users.List, true),
        ["DeleteUser"] = (Users.Delete, false),
        ["PutUserPolicy"] = (call => InlinePolicies.Put(call, call.Iam.Users), false),
        ["GetUserPolicy"] = (call => InlinePolicies.Get(call, call.Iam.Users), true),
        ["ListUserPolicies"] = (call => InlinePolicies.List(call, call.Iam.Users), true),
        ["DeleteUserPolicy"] = (call => InlinePolicies.Delete(call, call.Iam.Users), false),
        ["AttachUserPolicy"] = (call => AttachedPolicies.Attach(call, call.Iam.Users), false),
        ["DetachUserPolicy"] = (call => AttachedPolicies.Detach(call, call.Iam.Users), false),
        ["ListAttachedUserPolicies"] = (call => AttachedPolicies.List(call, call.Iam.Users), true),
        ["CreateAccessKey"] = (AccessKeys.Create, true),
        ["ListAccessKeys"] = (AccessKeys.List, true),
        ["DeleteAccessKey"] = (AccessKeys.Delete, false),
        ["CreatePolicy"] = (SharedPolicies.Create, true),
        ["GetPolicy"] = (SharedPolicies.Get, true),
        ["DeletePolicy"] = (SharedPolicies.Delete, false),
        ["SimulatePrincipalPolicy"] = (SimulatePrincipalPolicy.Run, true),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public string Name => ServiceName.Iam;

    public int LargestBody => Limits.RequestBytes;

    public string? ActionOf(Call call) => call.Form?["Action"];

    public Task HandleAsync(Call call) => QueryOperations.AnswerAsync(call, iam, Xmlns, Operations);

    public Task RefuseAsync(Call call, ServiceException error) => QueryErrors.AnswerAsync(call, Xmlns, error);
}
