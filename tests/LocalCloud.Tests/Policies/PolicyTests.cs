using LocalCloud.Iam;
using LocalCloud.Policies;

namespace LocalCloud.Tests.Policies;

public class PolicyTests
{
    private const string Queue = "arn:aws:sqs:us-east-1:000000000000:orders";
    private const string Topic = "arn:aws:sns:us-east-1:000000000000:events";

    [Theory]
    [InlineData("'Action':'sqs:SendMessage','Resource':'*'", true)]
    [InlineData("'Action':'SQS:sendmessage','Resource':'*'", true)]
    [InlineData("'Action':'sqs:*','Resource':'*'", true)]
    [InlineData("'Action':'*','Resource':'*'", true)]
    [InlineData("'Action':'sqs:Send*','Resource':'*'", true)]
    [InlineData("'Action':'sqs:Send?essage','Resource':'*'", true)]
    [InlineData("'Action':['sqs:GetQueueUrl','sqs:SendMessage'],'Resource':'*'", true)]
    [InlineData("'Action':'sqs:ReceiveMessage','Resource':'*'", false)]
    [InlineData("'Action':'sns:SendMessage','Resource':'*'", false)]
    [InlineData("'NotAction':'sqs:ReceiveMessage','Resource':'*'", true)]
    [InlineData("'NotAction':['sqs:*'],'Resource':'*'", false)]
    [InlineData("'Action':'sqs:*','Resource':'arn:aws:sqs:us-east-1:000000000000:orders'", true)]
    [InlineData("'Action':'sqs:*','Resource':'arn:aws:sqs:*:*:ord*'", true)]
    [InlineData("'Action':'sqs:*','Resource':'arn:aws:sqs:us-east-1:000000000000:Orders'", false)]
    [InlineData("'Action':'sqs:*','Resource':['arn:aws:sqs:us-east-1:000000000000:other','arn:aws:sqs:us-east-1:000000000000:order?']", true)]
    [InlineData("'Action':'sqs:*','NotResource':'arn:aws:sqs:us-east-1:000000000000:orders'", false)]
    [InlineData("'Action':'sqs:*','NotResource':'arn:aws:sqs:us-east-1:000000000000:other'", true)]
    [InlineData("'Action':'sqs:*','Resource':'arn:aws:sqs:us-east-1:000000000000:${aws:username}'", false)]
    [InlineData("'Action':'sqs:*','Resource':'arn:aws:sqs:us-east-1:000000000000:${aws:username, 'orders'}'", true)]
    [InlineData("'Action':'sqs:*','Resource':'arn:aws:sqs:us-east-1:${aws:PrincipalAccount}:orders'", true)]
    [InlineData("'Action':'sqs:*','Resource':'arn:aws:sqs:us-east-1:000000000000:${*}'", false)]
    public void An_identity_s_statement_covers_its_actions_and_resources(string statement, bool allowed) =>
        Assert.Equal(allowed, Identity(statement.Replace("'orders'}", "\u0001", StringComparison.Ordinal)).Allowed);

    [Theory]
    [InlineData("'StringEquals':{'aws:SourceAccount':'000000000000'}", true)]
    [InlineData("'StringEquals':{'AWS:SOURCEACCOUNT':['1','000000000000']}", true)]
    [InlineData("'StringEquals':{'aws:SourceAccount':'1'}", false)]
    [InlineData("'StringEquals':{'aws:NotThere':'1'}", false)]
    [InlineData("'StringEqualsIfExists':{'aws:NotThere':'1'}", true)]
    [InlineData("'StringEqualsIfExists':{'aws:SourceAccount':'1'}", false)]
    [InlineData("'StringNotEquals':{'aws:SourceAccount':['1','000000000000']}", false)]
    [InlineData("'StringNotEquals':{'aws:SourceAccount':'1'}", true)]
    [InlineData("'StringNotEquals':{'aws:NotThere':'1'}", true)]
    [InlineData("'StringEqualsIgnoreCase':{'test:word':'abc'}", true)]
    [InlineData("'StringNotEqualsIgnoreCase':{'test:word':'abc'}", false)]
    [InlineData("'StringEquals':{'test:word':'abc'}", false)]
    [InlineData("'StringLike':{'test:word':'A*'}", true)]
    [InlineData("'StringLike':{'test:word':'a*'}", false)]
    [InlineData("'StringNotLike':{'test:word':'A?C'}", false)]
    [InlineData("'ArnEquals':{'aws:SourceArn':'arn:aws:sns:us-east-1:000000000000:events'}", true)]
    [InlineData("'ArnLike':{'aws:SourceArn':'arn:aws:sns:*:*:ev*'}", true)]
    [InlineData("'ArnLike':{'aws:SourceArn':'arn:aws:*:events'}", false)]
    [InlineData("'ArnNotLike':{'aws:SourceArn':'arn:aws:sns:*:*:ev*'}", false)]
    [InlineData("'NumericLessThan':{'test:number':10}", true)]
    [InlineData("'NumericLessThan':{'test:number':'7'}", false)]
    [InlineData("'NumericLessThanEquals':{'test:number':'7.0'}", true)]
    [InlineData("'NumericEquals':{'test:number':7}", true)]
    [InlineData("'NumericNotEquals':{'test:number':7}", false)]
    [InlineData("'NumericGreaterThan':{'test:number':6}", true)]
    [InlineData("'NumericGreaterThanEquals':{'test:number':8}", false)]
    [InlineData("'NumericEquals':{'test:word':7}", false)]
    [InlineData("'DateGreaterThan':{'test:date':'2026-01-01T00:00:00Z'}", true)]
    [InlineData("'DateLessThan':{'test:date':'2026-01-01T00:00:00Z'}", false)]
    [InlineData("'DateLessThan':{'test:date':'1893456000'}", true)]
    [InlineData("'Bool':{'aws:SecureTransport':'true'}", true)]
    [InlineData("'Bool':{'aws:SecureTransport':false}", false)]
    [InlineData("'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}", true)]
    [InlineData("'IpAddress':{'aws:SourceIp':['192.168.0.0/16','10.1.2.3']}", true)]
    [InlineData("'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'}", false)]
    [InlineData("'BinaryEquals':{'test:word':'ABC'}", true)]
    [InlineData("'Null':{'aws:NotThere':'true'}", true)]
    [InlineData("'Null':{'aws:SourceIp':'true'}", false)]
    [InlineData("'Null':{'aws:SourceIp':false}", true)]
    [InlineData("'ForAllValues:StringEquals':{'aws:NotThere':'1'}", true)]
    [InlineData("'ForAnyValue:StringEquals':{'aws:NotThere':'1'}", false)]
    [InlineData("'ForAnyValue:StringLike':{'test:word':['x','A*']}", true)]
    [InlineData("'StringEquals':{'aws:PrincipalArn':'arn:aws:iam::000000000000:role/worker'}", true)]
    [InlineData("'StringEquals':{'aws:PrincipalType':'AssumedRole','aws:userid':'AROA1:me'}", true)]
    [InlineData("'StringEquals':{'aws:SourceAccount':'000000000000'},'Bool':{'aws:SecureTransport':'false'}", false)]
    [InlineData("'StringEquals':{'aws:SourceAccount':'${aws:PrincipalAccount}'}", true)]
    public void A_condition_is_met_as_AWS_documents_it(string condition, bool met) =>
        Assert.Equal(met, Identity($"'Action':'*','Resource':'*','Condition':{{{condition}}}").Allowed);

    [Theory]
    [InlineData("'Principal':'*'", true, false)]
    [InlineData("'Principal':{'AWS':'*'}", true, false)]
    [InlineData("'Principal':{'AWS':'arn:aws:iam::000000000000:role/worker'}", true, false)]
    [InlineData("'Principal':{'AWS':['arn:aws:sts::000000000000:assumed-role/worker/me']}", true, false)]
    [InlineData("'Principal':{'AWS':'000000000000'}", false, true)]
    [InlineData("'Principal':{'AWS':'arn:aws:iam::000000000000:root'}", false, true)]
    [InlineData("'Principal':{'AWS':'arn:aws:iam::111111111111:root'}", false, false)]
    [InlineData("'Principal':{'AWS':'arn:aws:iam::000000000000:role/other'}", false, false)]
    [InlineData("'Principal':{'Service':'sns.amazonaws.com'}", false, false)]
    [InlineData("'Principal':{'Federated':'accounts.google.com'}", false, false)]
    [InlineData("'NotPrincipal':{'AWS':'arn:aws:iam::000000000000:role/worker'}", false, false)]
    [InlineData("'NotPrincipal':{'AWS':'arn:aws:iam::000000000000:role/other'}", true, false)]
    public void A_principal_is_a_role_by_name_or_by_its_account(string principal, bool allowed, bool delegated)
    {
        var grant = Read($"{{'Statement':{{'Effect':'Allow',{principal},'Action':'sqs:*','Resource':'*'}}}}", PolicyKind.Resource).Evaluate(Request());

        Assert.Equal((allowed, delegated), (grant.Allowed, grant.Delegated));
    }

    [Fact]
    public void A_service_is_let_in_by_its_own_name_only()
    {
        var policy = Read("{'Statement':{'Effect':'Allow','Principal':{'Service':['sns.amazonaws.com']},'Action':'sqs:*','Resource':'*'}}", PolicyKind.Resource);

        Assert.True(policy.Evaluate(Request() with { Caller = Caller.Service("sns.amazonaws.com") }).Allowed);
        Assert.False(policy.Evaluate(Request() with { Caller = Caller.Service("s3.amazonaws.com") }).Allowed);
        Assert.False(policy.Evaluate(Request() with { Caller = Caller.Anonymous }).Allowed);
    }

    [Theory]
    [InlineData("{", "Syntax errors")]
    [InlineData("[]", "Syntax errors")]
    [InlineData("{'Version':'2020-01-01','Statement':[]}", "valid version")]
    [InlineData("{'Version':'2012-10-17'}", "no Statement")]
    [InlineData("{'Statement':[{'Effect':'Perhaps','Action':'*','Resource':'*'}]}", "Effect")]
    [InlineData("{'Statement':[{'Effect':'Allow','Resource':'*'}]}", "actions")]
    [InlineData("{'Statement':[{'Effect':'Allow','Action':'*'}]}", "resources")]
    [InlineData("{'Statement':[{'Effect':'Allow','Action':'SendMessage','Resource':'*'}]}", "vendor")]
    [InlineData("{'Statement':[{'Effect':'Allow','Action':'*','Resource':'*','Principal':'*'}]}", "principal")]
    [InlineData("{'Statement':[{'Effect':'Allow','Action':'*','NotAction':'*','Resource':'*'}]}", "either Action or NotAction")]
    [InlineData("{'Statement':[{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'StringSortOf':{'a':'b'}}}]}", "Invalid Condition type : StringSortOf")]
    [InlineData("{'Statement':[{'Effect':'Allow','Action':'*','Resource':'*','Conditions':{}}]}", "no element 'Conditions'")]
    [InlineData("{'Statement':[{'Sid':'a','Effect':'Allow','Action':'*','Resource':'*'},{'Sid':'a','Effect':'Allow','Action':'*','Resource':'*'}]}", "unique")]
    [InlineData("{'Statement':[],'Statement':[{'Effect':'Allow','Action':'*','Resource':'*'}]}", "Syntax errors")]
    public void A_document_that_breaks_the_grammar_is_refused_with_the_reason(string json, string reason)
    {
        var error = Assert.Throws<MalformedPolicyException>(() => Read(json, PolicyKind.Identity));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    internal static Policy Read(string json, PolicyKind kind = PolicyKind.Identity) => PolicyReader.Read(json.Replace('\'', '"').Replace("\u0001", "'orders'}", StringComparison.Ordinal), kind);

    internal static AccessRequest Request(string action = "sqs:SendMessage", params Policy[] policies) => new(Worker(policies), action, Queue, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["aws:SourceAccount"] = "000000000000",
        ["aws:SourceArn"] = Topic,
        ["aws:SecureTransport"] = "true",
        ["aws:SourceIp"] = "10.1.2.3",
        ["test:word"] = "ABC",
        ["test:number"] = "7",
        ["test:date"] = "2026-11-20T12:00:00Z",
    });

    private static Grant Identity(string statement) => Read($"{{'Version':'2012-10-17','Statement':[{{'Effect':'Allow',{statement}}}]}}").Evaluate(Request());

    private static Caller Worker(Policy[] policies)
    {
        var role = new Identity(CallerKind.Role, "worker", "/", "arn:aws:iam::000000000000:role/worker", "AROA1", default);
        var number = 0;
        role.Attached = [.. policies.Select(policy => new ManagedPolicy($"arn{number}", $"p{number++}", "/", "ANPA", "", policy, default))];
        return new Caller(CallerKind.Role, "000000000000", "arn:aws:sts::000000000000:assumed-role/worker/me", "AROA1:me") { Identity = role };
    }
}
