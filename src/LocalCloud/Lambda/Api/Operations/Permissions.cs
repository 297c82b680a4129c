using System.Text.Json.Nodes;
using LocalCloud.Http;

namespace LocalCloud.Lambda.Api.Operations;

/// <summary>AddPermission, RemovePermission and GetPolicy: a statement for each id.</summary>
internal static class Permissions
{
    private const int MaximumPolicy = 20 * 1024;

    public static Task AddAsync(LambdaCall call)
    {
        var (function, input) = (call.Function("AddPermission"), call.Input);
        var (id, action, principal) = (input.Required("StatementId"), input.Required("Action"), input.Required("Principal"));
        var policy = Policy(function.Policy);
        var statements = policy["Statement"]!.AsArray();
        if (statements.Any(existing => (string?)existing!["Sid"] == id))
            throw LambdaError.Conflict($"The statement id ({id}) provided already exists. Please provide a new statement id, or remove the existing statement.");
        var statement = new JsonObject
        {
            ["Sid"] = id,
            ["Effect"] = "Allow",
            ["Principal"] = Principal(principal),
            ["Action"] = action,
            ["Resource"] = function.Arn,
        };
        var conditions = new JsonObject();
        if (input.Text("SourceAccount") is { } account)
            conditions["StringEquals"] = new JsonObject { ["AWS:SourceAccount"] = account };
        if (input.Text("SourceArn") is { } arn)
            conditions["ArnLike"] = new JsonObject { ["AWS:SourceArn"] = arn };
        if (conditions.Count > 0)
            statement["Condition"] = conditions;
        statements.Add((JsonNode)statement);
        var text = policy.ToJsonString();
        if (text.Length > MaximumPolicy)
            throw new ServiceException("PolicyLengthExceededException", $"The final policy size ({text.Length}) is bigger than the limit ({MaximumPolicy}).");
        function.Policy = text;
        return call.AnswerAsync(201, new JsonObject { ["Statement"] = statement.ToJsonString() });
    }

    public static Task RemoveAsync(LambdaCall call)
    {
        var function = call.Function("RemovePermission");
        var id = call.Path["StatementId"];
        var policy = Policy(function.Policy);
        var statements = policy["Statement"]!.AsArray();
        var found = statements.FirstOrDefault(statement => (string?)statement!["Sid"] == id) ?? throw LambdaError.NotFound($"Statement {Excerpt.Of(id)} is not found in resource policy.");
        statements.Remove(found);
        function.Policy = statements.Count == 0 ? null : policy.ToJsonString();
        return call.AnswerAsync(204, null);
    }

    public static Task GetAsync(LambdaCall call)
    {
        var function = call.Function("GetPolicy");
        return function.Policy is { } policy
            ? call.AnswerAsync(200, new JsonObject { ["Policy"] = policy, ["RevisionId"] = function.Configuration.RevisionId.ToString() })
            : throw LambdaError.NotFound("The resource you requested does not exist.");
    }

    private static JsonObject Policy(string? text) => text is null
        ? new JsonObject { ["Version"] = "2012-10-17", ["Id"] = "default", ["Statement"] = new JsonArray() }
        : JsonNode.Parse(text)!.AsObject();

    private static JsonNode Principal(string principal) => principal switch
    {
        "*" => "*",
        _ when principal.EndsWith(".amazonaws.com", StringComparison.Ordinal) => new JsonObject { ["Service"] = principal },
        _ when principal.Length == 12 && principal.All(char.IsAsciiDigit) => new JsonObject { ["AWS"] = $"arn:aws:iam::{principal}:root" },
        _ when principal.StartsWith("arn:", StringComparison.Ordinal) => new JsonObject { ["AWS"] = principal },
        _ => throw LambdaError.InvalidValue("The provided principal was invalid. Please check the principal and try again."),
    };
}
