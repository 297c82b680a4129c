using System.Text.Json.Nodes;

namespace Contracts;

/// <summary>Which messages a subscription lets through: those of some contracts, and of these the ones whose attributes meet every condition.</summary>
public sealed class Filter
{
    // What SNS takes of one policy.
    private const int MostNames = 5;
    private const int MostCombinations = 150;

    private readonly IReadOnlyDictionary<string, IReadOnlyList<Condition>> _conditions;

    private Filter(IReadOnlyList<Contract> accepted, IReadOnlyDictionary<string, IReadOnlyList<Condition>> conditions)
    {
        (Accepted, _conditions) = (accepted, conditions);
        if (1 + conditions.Count > MostNames)
            throw new ArgumentException($"The filter of {this} asks for {1 + conditions.Count} attributes with the type; SNS takes {MostNames}.", nameof(conditions));
        var combinations = conditions.Values.Aggregate(accepted.Count, (product, any) => product * any.Sum(c => c.Count));
        if (combinations > MostCombinations)
            throw new ArgumentException($"The filter of {this} has {combinations} combinations of values; SNS takes {MostCombinations}.", nameof(conditions));
    }

    /// <summary>The contracts whose messages may be let through.</summary>
    public IReadOnlyList<Contract> Accepted { get; }

    /// <summary>Lets the messages of these contracts through, and no others.</summary>
    /// <exception cref="ArgumentException">No contract is named, or one twice.</exception>
    public static Filter Of(params IReadOnlyList<Contract> contracts)
    {
        if (contracts.Count == 0)
            throw new ArgumentException("A filter of no contract lets nothing through. Name one at least.", nameof(contracts));
        if (contracts.CountBy(c => c.Type, StringComparer.Ordinal).FirstOrDefault(c => c.Value > 1) is { Key: { } twice })
            throw new ArgumentException($"The filter names {twice} twice. Keep one.", nameof(contracts));
        return new(contracts, new Dictionary<string, IReadOnlyList<Condition>>());
    }

    /// <summary>Of those, only messages whose attribute meets one of these conditions. Asked for several attributes, it lets through what meets all.</summary>
    /// <param name="attribute">Its name. Every contract of the filter has it, or their messages would never come, and nobody be told.</param>
    /// <param name="anyOf">One of them is enough.</param>
    /// <returns>The narrower filter; this one stays.</returns>
    /// <exception cref="ArgumentException">
    /// A contract lacks the attribute, the filter asks for it already, a condition compares numbers with text, or SNS would refuse the policy.
    /// </exception>
    public Filter Where(string attribute, params IReadOnlyList<Condition> anyOf)
    {
        if (_conditions.ContainsKey(attribute))
            throw new ArgumentException($"The filter of {this} asks for '{attribute}' twice. Give both conditions in one call: one of them is enough then.", nameof(attribute));
        if (anyOf.Count == 0)
            throw new ArgumentException($"The filter of {this} asks nothing of '{attribute}'. Name a condition.", nameof(anyOf));
        foreach (var contract in Accepted)
        {
            if (contract.AttributeNames.FirstOrDefault(a => a.Name == attribute) is not { } known)
                throw new ArgumentException($"{contract.Type} has no attribute '{attribute}' to filter on. It has: {Names(contract)}.", nameof(attribute));
            if (anyOf.Any(c => c.OfNumbers is { } numbers && numbers != known.IsNumber))
                throw new ArgumentException($"The attribute '{attribute}' of {contract.Type} is a {(known.IsNumber ? "number" : "text")}. Use a condition for those.", nameof(anyOf));
        }

        return new(Accepted, new Dictionary<string, IReadOnlyList<Condition>>(_conditions) { [attribute] = anyOf });
    }

    /// <summary>SNS's filter policy, of message attributes: for each name what it may be.</summary>
    public JsonObject ToPolicy()
    {
        var policy = new JsonObject { [Contract.TypeAttribute] = new JsonArray([.. Accepted.Select(c => JsonValue.Create(c.Type))]) };
        foreach (var (name, anyOf) in _conditions)
            policy[name] = new JsonArray([.. anyOf.SelectMany(c => c.ToPolicy())]);
        return policy;
    }

    /// <summary>The types that it lets through.</summary>
    public override string ToString() => string.Join(", ", Accepted.Select(c => c.Type));

    private static string Names(Contract contract) =>
        contract.AttributeNames.Count == 0 ? "none" : string.Join(", ", contract.AttributeNames.Select(a => a.Name));
}
