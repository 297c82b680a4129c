using LocalCloud.Policies;

namespace LocalCloud.Tests.Policies;

public class AccessTests
{
    private const string Allow = "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*'}}";
    private const string Receive = "{'Statement':{'Effect':'Allow','Action':'sqs:ReceiveMessage','Resource':'*'}}";
    private const string Deny = "{'Statement':{'Effect':'Deny','Action':'sqs:*','Resource':'*'}}";
    private const string AllowWorker = "{'Statement':{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::000000000000:role/worker'},'Action':'*','Resource':'*'}}";
    private const string AllowAccount = "{'Statement':{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::000000000000:root'},'Action':'*','Resource':'*'}}";
    private const string DenyAccount = "{'Statement':{'Effect':'Deny','Principal':{'AWS':'000000000000'},'Action':'*','Resource':'*'}}";

    [Theory]
    [InlineData(null, null, false, "because no identity-based policy allows the it action")]
    [InlineData(Allow, null, false, null)]
    [InlineData(null, AllowWorker, false, null)]
    [InlineData(null, AllowAccount, false, "because no identity-based policy allows the it action")]
    [InlineData(Allow, DenyAccount, false, "with an explicit deny in a resource-based policy")]
    [InlineData(Deny, AllowWorker, false, "with an explicit deny in an identity-based policy")]
    [InlineData(Allow, AllowAccount, true, null)]
    [InlineData(null, AllowAccount, true, "because no identity-based policy allows the it action")]
    [InlineData(null, AllowWorker, true, null)]
    [InlineData(Allow, "{'Statement':[]}", true, "because no resource-based policy allows the it action")]
    public void A_deny_wins_and_a_key_s_policy_must_let_the_account_decide(string? own, string? resource, bool resourceDecides, string? refusal)
    {
        var request = PolicyTests.Request(policies: own is null ? [] : [PolicyTests.Read(own)]);

        Assert.Equal(refusal, Access.Refusal(request, resource is null ? null : PolicyTests.Read(resource, PolicyKind.Resource), resourceDecides, "it"));
    }

    [Fact]
    public void A_session_policy_takes_away_and_never_gives()
    {
        var request = PolicyTests.Request(policies: [PolicyTests.Read(Allow)]);
        var limited = request with { Caller = request.Caller with { SessionPolicy = new(Receive, PolicyTests.Read(Receive)) } };
        var nothing = PolicyTests.Request();
        var generous = nothing with { Caller = nothing.Caller with { SessionPolicy = new(Allow, PolicyTests.Read(Allow)) } };

        Assert.Equal("because no session policy allows the it action", Access.Refusal(limited, null, false, "it"));
        Assert.Null(Access.Refusal(limited with { Action = "sqs:ReceiveMessage" }, null, false, "it"));
        Assert.NotNull(Access.Refusal(generous, null, false, "it"));
    }
}
