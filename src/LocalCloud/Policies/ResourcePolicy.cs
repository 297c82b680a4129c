using System.Text.Json.Nodes;

namespace LocalCloud.Policies;

/// <summary>Edits a resource policy as AddPermission and RemovePermission do: a statement for each label.</summary>
internal static class ResourcePolicy
{
    /// <returns>The policy with the statement, or null when the label is there already.</returns>
    public static string? Add(string? policy, string label, IEnumerable<string> accounts, IEnumerable<string> actions, string resource)
    {
        var root = Parse(policy, resource);
        var statements = Statements(root);
        if (statements.Any(statement => HasLabel(statement, label)))
        {
            return null;
        }

        statements.Add((JsonNode)new JsonObject
        {
            ["Sid"] = label,
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = OneOrMany(accounts.Select(account => $"arn:aws:iam::{account}:root")) },
            ["Action"] = OneOrMany(actions),
            ["Resource"] = resource,
        });
        return root.ToJsonString();
    }

    /// <returns>The policy without the statement, empty when it was the last one, or null when no statement has the label.</returns>
    public static string? Remove(string? policy, string label, string resource)
    {
        var root = Parse(policy, resource);
        var statements = Statements(root);
        if (statements.FirstOrDefault(statement => HasLabel(statement, label)) is not { } found)
        {
            return null;
        }

        statements.Remove(found);
        return statements.Count == 0 ? "" : root.ToJsonString();
    }

    private static JsonObject Parse(string? policy, string resource) => policy is null
        ? new JsonObject { ["Version"] = "2012-10-17", ["Id"] = resource + "/LocalPolicy" }
        : JsonNode.Parse(policy)!.AsObject();

    private static JsonArray Statements(JsonObject policy)
    {
        if (policy["Statement"] is JsonArray statements)
        {
            return statements;
        }

        var only = policy["Statement"]?.DeepClone();
        statements = only is null ? [] : [only];
        policy["Statement"] = statements;
        return statements;
    }

    private static bool HasLabel(JsonNode? statement, string label) =>
        (statement as JsonObject)?["Sid"] is JsonValue sid && sid.TryGetValue<string>(out var text) && text == label;

    private static JsonNode OneOrMany(IEnumerable<string> values)
    {
        JsonNode[] all = [.. values.Select(value => (JsonNode)value!)];
        return all.Length == 1 ? all[0] : new JsonArray(all);
    }
}
