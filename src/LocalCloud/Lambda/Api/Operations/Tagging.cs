using System.Text.Json.Nodes;
using LocalCloud.Http;
using LocalCloud.Lambda.Functions;

namespace LocalCloud.Lambda.Api.Operations;

/// <summary>ListTags, TagResource and UntagResource; only functions have tags here.</summary>
internal static class Tagging
{
    public static Task ListAsync(LambdaCall call) => call.AnswerAsync(200, new JsonObject { ["Tags"] = FunctionJson.Map(Function(call, "ListTags").Tags) });

    public static Task AddAsync(LambdaCall call)
    {
        var function = Function(call, "TagResource");
        var tags = function.Tags.SetItems(call.Input.Map("Tags") ?? throw LambdaError.Missing("Tags"));
        function.Tags = tags.Count <= Limits.Tags ? tags : throw LambdaError.InvalidValue($"A function may have {Limits.Tags} tags.");
        return call.AnswerAsync(204, null);
    }

    public static Task RemoveAsync(LambdaCall call)
    {
        var function = Function(call, "UntagResource");
        function.Tags = function.Tags.RemoveRange(call.Call.Http.Request.Query["tagKeys"].OfType<string>());
        return call.AnswerAsync(204, null);
    }

    private static Function Function(LambdaCall call, string action)
    {
        var arn = call.Path["Resource"];
        call.Demand(action, arn);
        return arn.StartsWith("arn:", StringComparison.Ordinal) ? call.Lambda.Find(arn) ?? throw LambdaError.NoFunction(Excerpt.Of(arn))
            : throw LambdaError.Constraint("Resource", arn, "Member must be the ARN of a function");
    }
}
