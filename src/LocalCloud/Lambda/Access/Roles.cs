using System.Globalization;
using LocalCloud.Iam;
using LocalCloud.Lambda.Calls;
using LocalCloud.Policies;
using LocalCloud.Sts.Operations;

namespace LocalCloud.Lambda.Access;

/// <summary>Sessions of roles at LocalCloud: a deployment's own, under which it creates everything, and those of functions.</summary>
/// <param name="owner">Calls LocalCloud with the key <c>test</c>.</param>
internal sealed class Roles(ServiceClient owner) : IDisposable
{
    /// <summary>What Lambda says of a role that does not let it in, or is not there.</summary>
    public const string NotAssumed = "The role defined for the function cannot be assumed by Lambda.";

    /// <summary>STS takes no session name that is shorter; a function's name may be.</summary>
    private const int ShortestSession = 2;

    private const string Deployment = "localcloud-deployment";

    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudformation.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    public void Dispose() => owner.Dispose();

    /// <summary>
    /// The key of the deployment itself. It may do everything, but unlike the key <c>test</c> it is bound by the policies of queues and keys:
    /// what it subscribes is delivered to only if the template says so.
    /// </summary>
    /// <exception cref="ServiceError">LocalCloud refused, or cannot be reached.</exception>
    public async Task<AccessKey> SignInAsync(CancellationToken cancellationToken)
    {
        try
        {
            await owner.IamAsync("CreateRole", [("RoleName", Deployment), ("AssumeRolePolicyDocument", Trust)], cancellationToken);
        }
        catch (ServiceError known) when (known.Code == "EntityAlreadyExists")
        {
            // Of an earlier deployment to the same services.
        }

        await owner.IamAsync("AttachRolePolicy", [("RoleName", Deployment), ("PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess")], cancellationToken);
        var role = await owner.IamAsync("GetRole", [("RoleName", Deployment)], cancellationToken);
        return await AssumeAsync(role.Descendants("Arn").Single().Value, "deployment", cancellationToken);
    }

    /// <summary>A key that stands for a role, and does not end.</summary>
    /// <exception cref="ServiceError">There is no such role.</exception>
    public async Task<AccessKey> AssumeAsync(string roleArn, string session, CancellationToken cancellationToken)
    {
        var duration = AssumeRole.Lasting.ToString(CultureInfo.InvariantCulture);
        var answer = await owner.StsAsync("AssumeRole", [("RoleArn", roleArn), ("RoleSessionName", session.PadRight(ShortestSession, '-')), ("DurationSeconds", duration)], cancellationToken);
        string Value(string name) => answer.Descendants(name).Single().Value;
        return new AccessKey(Value("AccessKeyId"), Value("SecretAccessKey"), Value("SessionToken"));
    }

    /// <summary>Whether the role's trust policy lets Lambda assume it.</summary>
    /// <exception cref="ServiceError">There is no such role.</exception>
    public async Task<bool> TrustsLambdaAsync(string roleArn, CancellationToken cancellationToken)
    {
        var role = await owner.IamAsync("GetRole", [("RoleName", roleArn[(roleArn.LastIndexOf('/') + 1)..])], cancellationToken);
        var trust = PolicyReader.Read(Uri.UnescapeDataString(role.Descendants("AssumeRolePolicyDocument").Single().Value), PolicyKind.Trust);
        var request = new AccessRequest(Caller.Service("lambda.amazonaws.com"), "sts:AssumeRole", roleArn, new Dictionary<string, string>());
        return Policies.Access.Refusal(request, trust, resourceDecides: true, request.Action) is null;
    }

    /// <summary>The first of these actions that the role's policies do not allow; null when they allow all.</summary>
    /// <exception cref="ServiceError">There is no such role.</exception>
    public async Task<string?> FirstRefusedAsync(string roleArn, string resource, string[] actions, CancellationToken cancellationToken)
    {
        var parameters = actions.Select((action, index) => ($"ActionNames.member.{index + 1}", action)).Append(("PolicySourceArn", roleArn)).Append(("ResourceArns.member.1", resource));
        var answer = await owner.IamAsync("SimulatePrincipalPolicy", parameters, cancellationToken);
        return answer.Descendants("EvaluationResults").Single().Elements("member")
            .FirstOrDefault(result => result.Element("EvalDecision")!.Value != "allowed")?.Element("EvalActionName")!.Value;
    }
}
