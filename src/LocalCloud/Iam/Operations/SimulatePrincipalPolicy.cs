using LocalCloud.Policies;

namespace LocalCloud.Iam.Operations;

/// <summary>What a role's or user's own policies say to actions, without doing them.</summary>
internal static class SimulatePrincipalPolicy
{
    private const int MostDecisions = 1000;

    public static void Run(IamCall call)
    {
        var arn = call.Required("PolicySourceArn");
        call.Call.Demand("iam:SimulatePrincipalPolicy", arn);
        var identity = call.Iam.Roles.FindByArn(arn) ?? call.Iam.Users.FindByArn(arn) ?? throw IamError.NoSuchEntity($"{Http.Excerpt.Of(arn)} cannot be found.");
        var actions = Values(call, "ActionNames");
        var resources = Values(call, "ResourceArns") is { Count: > 0 } given ? given : ["*"];
        if (actions.Count == 0 || actions.Count * resources.Count > MostDecisions)
        {
            throw IamError.Validation($"Give 1 to {MostDecisions} combinations of ActionNames and ResourceArns.");
        }

        var caller = new Caller(identity.Kind, call.Iam.Id, identity.Arn, identity.Id) { Identity = identity };
        call.Output.Open("EvaluationResults");
        foreach (var action in actions)
        {
            foreach (var resource in resources)
            {
                var refusal = Access.Refusal(new AccessRequest(caller, action, resource, call.Call.Keys()), null, resourceDecides: false, action);
                call.Output.Open("member")
                    .Element("EvalActionName", action)
                    .Element("EvalResourceName", resource)
                    .Element("EvalDecision", refusal is null ? "allowed" : refusal.StartsWith("with", StringComparison.Ordinal) ? "explicitDeny" : "implicitDeny")
                    .Close("member");
            }
        }

        call.Output.Close("EvaluationResults").Element("IsTruncated", "false");
    }

    private static List<string> Values(IamCall call, string list) => [.. call.Form.Items(list + ".member").Select(item => call[item] ?? "")];
}
