using LocalCloud.Iam;

namespace LocalCloud.Policies;

/// <summary>What somebody wants to do: the question that policies answer.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Action">What, as policies name it: <c>sqs:SendMessage</c>.</param>
/// <param name="Resource">The ARN of what it is done to.</param>
/// <param name="Keys">The values of condition keys that are known besides those of the caller; names in any case.</param>
internal sealed record AccessRequest(Caller Caller, string Action, string Resource, IReadOnlyDictionary<string, string> Keys)
{
    /// <summary>The value of a condition key; null when the request has none.</summary>
    public string? this[string key] => Keys.TryGetValue(key, out var value) ? value : Caller.Key(key) ?? (
        string.Equals(key, "aws:ResourceAccount", StringComparison.OrdinalIgnoreCase) ? AccountOf(Resource) : null);

    private static string? AccountOf(string arn) => arn.Split(':') is [_, _, _, _, { Length: > 0 } account, ..] ? account : null;
}
