using System.Collections.Immutable;
using LocalCloud.Http;

namespace LocalCloud.Policies.Conditions;

/// <summary>One key of a condition with its operator and the values it is compared with.</summary>
/// <param name="Compare">Whether a value of the request meets a value of the policy; an operator with Not in its name is the negation of it.</param>
/// <param name="IsNegated">Whether no value may be met.</param>
/// <param name="Quantifier">For keys with many values; null for keys with one.</param>
/// <param name="IfExists">Whether a request without the key meets it.</param>
/// <param name="Key">The condition key, in any case.</param>
/// <param name="Values">Any of them will do.</param>
internal sealed record Condition(Func<string, string, bool>? Compare, bool IsNegated, Quantifier? Quantifier, bool IfExists, string Key, ImmutableArray<string> Values)
{
    private const string Exists = "IfExists";

    /// <exception cref="MalformedPolicyException">There is no such operator.</exception>
    public static Condition Create(string operation, string key, string[] values)
    {
        var (name, quantifier) = operation switch
        {
            _ when operation.StartsWith("ForAllValues:", StringComparison.Ordinal) => (operation[13..], Conditions.Quantifier.All),
            _ when operation.StartsWith("ForAnyValue:", StringComparison.Ordinal) => (operation[12..], Conditions.Quantifier.Any),
            _ => (operation, (Quantifier?)null),
        };
        var ifExists = name.EndsWith(Exists, StringComparison.Ordinal) && name != Exists;
        name = ifExists ? name[..^Exists.Length] : name;
        if (name == "Null" && !ifExists)
        {
            return new Condition(null, false, quantifier, false, key, [.. values]);
        }

        return Operators.All.TryGetValue(name, out var found)
            ? new Condition(found.Compare, found.IsNegated, quantifier, ifExists, key, [.. values])
            : throw new MalformedPolicyException($"Invalid Condition type : {Excerpt.Of(operation)}.");
    }

    public bool IsMet(AccessRequest request, bool variables)
    {
        var value = request[Key];
        if (Compare is null)
        {
            return Values.All(wanted => string.Equals(wanted, "true", StringComparison.OrdinalIgnoreCase) == value is null);
        }

        if (value is null)
        {
            return IfExists || Quantifier == Conditions.Quantifier.All || (IsNegated && Quantifier is null);
        }

        // No key of the services here has more than one value, so both quantifiers ask the same.
        var met = Values.Any(wanted => Variables.Expand(wanted, request, variables) is { } pattern && Compare(value, pattern));
        return met != IsNegated;
    }
}
