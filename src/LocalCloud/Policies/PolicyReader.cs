using System.Collections.Immutable;
using System.Text.Json;
using LocalCloud.Http;
using LocalCloud.Policies.Conditions;

namespace LocalCloud.Policies;

/// <summary>Reads policy documents and checks them against the grammar that AWS documents.</summary>
internal static class PolicyReader
{
    /// <summary>Characters of a document: more than any service of AWS takes.</summary>
    public const int Longest = 32_768;

    private const string Current = "2012-10-17";

    // A name given twice would mean one thing to the evaluation and another to who edits the policy.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly string[] Elements =
        ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

    /// <exception cref="MalformedPolicyException">The document is no policy of that kind.</exception>
    public static Policy Read(string json, PolicyKind kind)
    {
        if (json.Length > Longest)
        {
            throw new MalformedPolicyException($"The policy has {json.Length} characters: at most {Longest} are allowed.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement, kind);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new MalformedPolicyException("Syntax errors in policy.");
        }
    }

    private static Policy Read(JsonElement root, PolicyKind kind)
    {
        Expect(root.ValueKind == JsonValueKind.Object, "Syntax errors in policy.");
        var version = root.TryGetProperty("Version", out var given) ? Text(given, "Version") : "2008-10-17";
        Expect(version is Current or "2008-10-17", "The policy must contain a valid version string: 2012-10-17 or 2008-10-17.");
        Expect(root.EnumerateObject().All(member => member.Name is "Version" or "Id" or "Statement"), "Syntax errors in policy: only Version, Id and Statement are allowed at the top.");
        if (!root.TryGetProperty("Statement", out var statements))
        {
            // A role that nobody may assume: what test tools send for a role they only need the name of.
            return kind == PolicyKind.Trust ? new Policy([]) : throw new MalformedPolicyException("Syntax errors in policy: it has no Statement.");
        }

        var all = statements.ValueKind == JsonValueKind.Array ? [.. statements.EnumerateArray()] : new[] { statements };
        var policy = new Policy([.. all.Select(statement => ReadStatement(statement, kind, version == Current))]);
        var names = policy.Statements.Select(statement => statement.Sid).OfType<string>().ToList();
        Expect(names.Distinct(StringComparer.Ordinal).Count() == names.Count, "Statement IDs (SID) in a single policy must be unique.");
        return policy;
    }

    private static Statement ReadStatement(JsonElement statement, PolicyKind kind, bool variables)
    {
        Expect(statement.ValueKind == JsonValueKind.Object, "Syntax errors in policy: a Statement must be an object.");
        foreach (var member in statement.EnumerateObject())
        {
            Expect(Elements.Contains(member.Name), $"Syntax errors in policy: a Statement has no element '{Excerpt.Of(member.Name)}'.");
        }

        var effect = statement.TryGetProperty("Effect", out var given) ? Text(given, "Effect") : "";
        Expect(effect is "Allow" or "Deny", "Syntax errors in policy: Effect must be Allow or Deny.");
        var (principals, notPrincipals) = Pick(statement, "Principal");
        var (actions, notActions) = Pick(statement, "Action");
        var (resources, notResources) = Pick(statement, "Resource");
        Expect(actions is not null, "Policy statement must contain actions.");
        Expect(kind == PolicyKind.Identity || principals is not null, "Policy statement must contain principals.");
        Expect(kind != PolicyKind.Identity || principals is null, "Policy document should not specify a principal.");
        Expect(kind != PolicyKind.Identity || resources is not null, "Policy statement must contain resources.");
        Expect(kind != PolicyKind.Trust || resources is null, "Has prohibited field Resource.");
        return new Statement
        {
            Sid = statement.TryGetProperty("Sid", out var sid) ? Text(sid, "Sid") : null,
            Allows = effect == "Allow",
            Principals = principals is { } people ? ReadPrincipals(people) : null,
            NotPrincipals = notPrincipals,
            Actions = [.. Texts(actions!.Value, "Action").Select(CheckAction)],
            NotActions = notActions,
            Resources = resources is { } things ? [.. Texts(things, "Resource")] : null,
            NotResources = notResources,
            Conditions = statement.TryGetProperty("Condition", out var conditions) ? ReadConditions(conditions) : [],
            HasVariables = variables,
        };
    }

    private static (JsonElement? Element, bool Not) Pick(JsonElement statement, string name)
    {
        var (has, hasNot) = (statement.TryGetProperty(name, out var element), statement.TryGetProperty("Not" + name, out var not));
        Expect(!(has && hasNot), $"Syntax errors in policy: a Statement has either {name} or Not{name}.");
        return has ? (element, false) : hasNot ? (not, true) : (null, false);
    }

    private static string CheckAction(string action)
    {
        Expect(action == "*" || action.IndexOf(':', StringComparison.Ordinal) > 0, $"Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.: '{Excerpt.Of(action)}'.");
        return action;
    }

    private static Principals ReadPrincipals(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString() == "*" ? new Principals(true, [], []) : throw new MalformedPolicyException("Invalid principal in policy: only * can stand alone.");
        }

        Expect(element.ValueKind == JsonValueKind.Object, "Invalid principal in policy.");
        List<string> aws = [], services = [];
        foreach (var kind in element.EnumerateObject())
        {
            // Identity providers and canonical users do not exist here, so they match nobody.
            var values = Texts(kind.Value, "Principal");
            (kind.Name switch
            {
                "AWS" => aws,
                "Service" => services,
                "Federated" or "CanonicalUser" => [],
                _ => throw new MalformedPolicyException($"Invalid principal in policy: '{Excerpt.Of(kind.Name)}' is none of AWS, Service, Federated and CanonicalUser."),
            }).AddRange(values);
        }

        foreach (var principal in aws)
        {
            Expect(
                principal == "*" || (principal.Length == 12 && principal.All(char.IsAsciiDigit)) || principal.StartsWith("arn:", StringComparison.Ordinal) || principal.StartsWith("AIDA", StringComparison.Ordinal) || principal.StartsWith("AROA", StringComparison.Ordinal),
                $"Invalid principal in policy: \"AWS\":\"{Excerpt.Of(principal)}\".");
        }

        return new Principals(aws.Contains("*"), [.. aws], [.. services]);
    }

    private static ImmutableArray<Condition> ReadConditions(JsonElement element)
    {
        Expect(element.ValueKind == JsonValueKind.Object, "Syntax errors in policy: a Condition must be an object.");
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        foreach (var operation in element.EnumerateObject())
        {
            Expect(operation.Value.ValueKind == JsonValueKind.Object, "Syntax errors in policy: an operator of a Condition must be an object.");
            foreach (var key in operation.Value.EnumerateObject())
            {
                conditions.Add(Condition.Create(operation.Name, key.Name, Texts(key.Value, "Condition")));
            }
        }

        return conditions.ToImmutable();
    }

    private static string[] Texts(JsonElement element, string where) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(item => Text(item, where))] : [Text(element, where)];

    private static string Text(JsonElement element, string where) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw new MalformedPolicyException($"Syntax errors in policy: {where} must be text or a list of texts."),
    };

    private static void Expect(bool condition, string message)
    {
        if (!condition)
        {
            throw new MalformedPolicyException(message);
        }
    }
}
