using System.Xml.Linq;
using LocalCloud.Http;
using LocalCloud.Iam;
using LocalCloud.Lambda.Calls;

namespace LocalCloud.Tests.Iam;

public class IamOperationTests
{
    private const string Any = "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";
    private const string Managed = "arn:aws:iam::aws:policy/AmazonSQSFullAccess";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_is_created_shown_and_deleted_once_it_has_no_policies()
    {
        await using var cloud = await TestCloud.StartAsync();
        var role = await IamAsync(cloud, "CreateRole", ("RoleName", "r"), ("AssumeRolePolicyDocument", "{}"), ("Path", "/app/"));
        await IamAsync(cloud, "PutRolePolicy", ("RoleName", "r"), ("PolicyName", "p"), ("PolicyDocument", Any));
        await IamAsync(cloud, "AttachRolePolicy", ("RoleName", "r"), ("PolicyArn", Managed));

        Assert.Equal("arn:aws:iam::000000000000:role/app/r", role.Descendants("Arn").Single().Value);
        Assert.Equal("p", (await IamAsync(cloud, "ListRolePolicies", ("RoleName", "r"))).Descendants("member").Single().Value);
        Assert.Equal(Any, Uri.UnescapeDataString((await IamAsync(cloud, "GetRolePolicy", ("RoleName", "r"), ("PolicyName", "p"))).Descendants("PolicyDocument").Single().Value));
        Assert.Equal(Managed, (await IamAsync(cloud, "ListAttachedRolePolicies", ("RoleName", "r"))).Descendants("PolicyArn").Single().Value);
        Assert.Equal("DeleteConflict", await ErrorAsync(cloud, "DeleteRole", ("RoleName", "r")));
        await IamAsync(cloud, "DetachRolePolicy", ("RoleName", "r"), ("PolicyArn", Managed));
        Assert.Equal("DeleteConflict", await ErrorAsync(cloud, "DeleteRole", ("RoleName", "r")));
        await IamAsync(cloud, "DeleteRolePolicy", ("RoleName", "r"), ("PolicyName", "p"));
        await IamAsync(cloud, "DeleteRole", ("RoleName", "r"));
        Assert.Empty((await IamAsync(cloud, "ListRoles")).Descendants("member"));
    }

    [Theory]
    [InlineData("EntityAlreadyExists", "CreateRole", "RoleName=R", "AssumeRolePolicyDocument={}")]
    [InlineData("ValidationError", "CreateRole", "RoleName=bounded", "AssumeRolePolicyDocument={}", "PermissionsBoundary=arn:aws:iam::000000000000:policy/p")]
    [InlineData("ValidationError", "CreateUser", "UserName=bounded", "PermissionsBoundary=arn:aws:iam::000000000000:policy/p")]
    [InlineData("ValidationError", "CreateRole", "RoleName=a b", "AssumeRolePolicyDocument={}")]
    [InlineData("ValidationError", "CreateRole", "AssumeRolePolicyDocument={}")]
    [InlineData("MalformedPolicyDocument", "CreateRole", "RoleName=n", "AssumeRolePolicyDocument=nothing")]
    [InlineData("MalformedPolicyDocument", "PutRolePolicy", "RoleName=r", "PolicyName=p", "PolicyDocument={}")]
    [InlineData("NoSuchEntity", "GetRole", "RoleName=n")]
    [InlineData("NoSuchEntity", "DeleteRole", "RoleName=n")]
    [InlineData("NoSuchEntity", "GetRolePolicy", "RoleName=r", "PolicyName=n")]
    [InlineData("NoSuchEntity", "DeleteRolePolicy", "RoleName=r", "PolicyName=n")]
    [InlineData("NoSuchEntity", "AttachRolePolicy", "RoleName=r", "PolicyArn=arn:aws:iam::aws:policy/Nothing")]
    [InlineData("NoSuchEntity", "DetachRolePolicy", "RoleName=r", "PolicyArn=arn:aws:iam::aws:policy/AmazonSQSFullAccess")]
    [InlineData("NoSuchEntity", "GetUser", "UserName=n")]
    [InlineData("NoSuchEntity", "CreateAccessKey", "UserName=n")]
    [InlineData("NoSuchEntity", "SimulatePrincipalPolicy", "PolicySourceArn=arn:aws:iam::000000000000:role/n", "ActionNames.member.1=a:b")]
    [InlineData("InvalidAction", "CreateGroup", "GroupName=n")]
    public async Task What_cannot_be_done_has_IAM_s_own_error(string code, string action, params string[] parameters)
    {
        await using var cloud = await TestCloud.StartAsync();
        await IamAsync(cloud, "CreateRole", ("RoleName", "r"), ("AssumeRolePolicyDocument", "{}"));

        Assert.Equal(code, await ErrorAsync(cloud, action, [.. parameters.Select(parameter => (parameter.Split('=', 2)[0], parameter.Split('=', 2)[1]))]));
    }

    [Fact]
    public async Task A_user_s_key_signs_until_it_is_deleted()
    {
        await using var cloud = await TestCloud.StartAsync();
        await IamAsync(cloud, "CreateUser", ("UserName", "ann"));
        await IamAsync(cloud, "PutUserPolicy", ("UserName", "ann"), ("PolicyName", "p"), ("PolicyDocument", TestRoles.Policy("{'Effect':'Allow','Action':'sqs:*','Resource':'arn:aws:sqs:*:*:${aws:username}-*'}")));
        var made = await IamAsync(cloud, "CreateAccessKey", ("UserName", "ann"));
        var id = made.Descendants("AccessKeyId").Single().Value;
        using var ann = cloud.Client(new AccessKey(id, made.Descendants("SecretAccessKey").Single().Value));

        Assert.Equal("arn:aws:iam::000000000000:user/ann", (await ann.StsAsync("GetCallerIdentity", [], Ct)).Descendants("Arn").Single().Value);
        await ann.SqsAsync("CreateQueue", new() { ["QueueName"] = "ann-1" }, Ct);
        Assert.Equal("AccessDeniedException", (await Assert.ThrowsAsync<ServiceError>(() => ann.SqsAsync("CreateQueue", new() { ["QueueName"] = "bob-1" }, Ct))).Code);
        Assert.Equal(id, (await IamAsync(cloud, "ListAccessKeys", ("UserName", "ann"))).Descendants("AccessKeyId").Single().Value);
        await IamAsync(cloud, "DeleteAccessKey", ("UserName", "ann"), ("AccessKeyId", id));
        Assert.Equal("InvalidClientTokenId", (await Assert.ThrowsAsync<ServiceError>(() => ann.StsAsync("GetCallerIdentity", [], Ct))).Code);
    }

    [Fact]
    public void A_key_is_not_made_for_whom_was_deleted_meanwhile()
    {
        var iam = new IamAccount(new CloudOptions());
        var ann = new Identity(CallerKind.User, "ann", "/", iam.Users.ArnOf("ann"), "AIDA1", iam.Now);
        iam.Users.Add(ann);
        iam.Users.Remove(ann);

        var error = Assert.Throws<ServiceException>(() => iam.Add(AccessKeyPair.Lasting(new Caller(CallerKind.User, iam.Id, ann.Arn, ann.Id) { Identity = ann }, iam.Now)));

        Assert.Equal("NoSuchEntity", error.Code);
        Assert.Empty(iam.Keys);
    }

    [Fact]
    public async Task A_managed_policy_is_shared_and_cannot_go_while_it_is_attached()
    {
        await using var cloud = await TestCloud.StartAsync();
        var arn = (await IamAsync(cloud, "CreatePolicy", ("PolicyName", "p"), ("PolicyDocument", Any))).Descendants("Arn").Single().Value;
        await cloud.RoleAsync();
        await IamAsync(cloud, "AttachRolePolicy", ("RoleName", "worker"), ("PolicyArn", arn));
        using var worker = cloud.Client(await cloud.AssumeAsync());

        await worker.SqsAsync("ListQueues", [], Ct);
        Assert.Equal("1", (await IamAsync(cloud, "GetPolicy", ("PolicyArn", arn))).Descendants("AttachmentCount").Single().Value);
        Assert.Equal("DeleteConflict", await ErrorAsync(cloud, "DeletePolicy", ("PolicyArn", arn)));
        await IamAsync(cloud, "DetachRolePolicy", ("RoleName", "worker"), ("PolicyArn", arn));
        Assert.Equal("AccessDeniedException", (await Assert.ThrowsAsync<ServiceError>(() => worker.SqsAsync("ListQueues", [], Ct))).Code);
        await IamAsync(cloud, "DeletePolicy", ("PolicyArn", arn));
    }

    [Theory]
    [InlineData("'Principal':{'AWS':'000000000000'}", false, false)]
    [InlineData("'Principal':{'AWS':'000000000000'}", true, true)]
    [InlineData("'Principal':{'AWS':'arn:aws:iam::000000000000:role/worker'}", false, true)]
    [InlineData("'Principal':{'Service':'lambda.amazonaws.com'}", true, false)]
    public async Task A_role_is_assumed_by_whom_it_trusts(string principal, bool hasPolicy, bool allowed)
    {
        await using var cloud = await TestCloud.StartAsync();
        await IamAsync(cloud, "CreateRole", ("RoleName", "r"), ("AssumeRolePolicyDocument", TestRoles.Policy($"{{'Effect':'Allow',{principal},'Action':'sts:AssumeRole'}}")));
        using var worker = await cloud.WorkerAsync(hasPolicy ? ["{'Effect':'Allow','Action':'sts:AssumeRole','Resource':'*'}"] : []);

        var error = await Record.ExceptionAsync(() => worker.StsAsync("AssumeRole", [("RoleArn", "arn:aws:iam::000000000000:role/r"), ("RoleSessionName", "again")], Ct)) as ServiceError;

        Assert.Equal(allowed ? null : "AccessDenied", error?.Code);
    }

    [Theory]
    [InlineData("DurationSeconds", "899")]
    [InlineData("DurationSeconds", "3601")]
    [InlineData("DurationSeconds", "43201")]
    public async Task A_session_lasts_from_a_quarter_of_an_hour_to_what_the_role_allows(string name, string value)
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.RoleAsync();

        Assert.Equal("ValidationError", (await Assert.ThrowsAsync<ServiceError>(() => cloud.AssumeAsync((name, value)))).Code);
    }

    [Fact]
    public async Task A_simulation_says_what_a_role_may()
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.RoleAsync("{'Effect':'Allow','Action':'sqs:*','Resource':'*'}", "{'Effect':'Deny','Action':'sqs:PurgeQueue','Resource':'*'}");

        var answer = await IamAsync(
            cloud, "SimulatePrincipalPolicy", ("PolicySourceArn", TestRoles.Arn), ("ActionNames.member.1", "sqs:SendMessage"), ("ActionNames.member.2", "sqs:PurgeQueue"), ("ActionNames.member.3", "sns:Publish"));

        Assert.Equal(["allowed", "explicitDeny", "implicitDeny"], answer.Descendants("EvalDecision").Select(decision => decision.Value));
    }

    private static async Task<XElement> IamAsync(TestCloud cloud, string action, params (string, string)[] parameters)
    {
        using var root = cloud.Client();
        return await root.IamAsync(action, parameters, Ct);
    }

    private static async Task<string> ErrorAsync(TestCloud cloud, string action, params (string, string)[] parameters) =>
        (await Assert.ThrowsAsync<ServiceError>(() => IamAsync(cloud, action, parameters))).Code;
}
