using System.Globalization;
using System.Text.Json.Nodes;

namespace Schemas.Comparing;

/// <summary>Holds the contracts against what was written down: the schema files are what consumers were promised.</summary>
internal static class Promises
{
    private const string Remedy = "dotnet run --project tests/Schemas writes it down.";

    /// <summary>What differs.</summary>
    public static IReadOnlyList<Finding> Compare(EventsFolder folder, IReadOnlyList<Contract> contracts) =>
    [
        .. contracts.SelectMany(contract => CompareData(folder, contract, contracts)),
        .. contracts.SelectMany(contract => CompareAttributes(folder, contract, contracts)),
        .. folder.Types().Except(contracts.Select(c => c.Type), StringComparer.Ordinal).Select(Gone),
    ];

    private static IEnumerable<Finding> CompareData(EventsFolder folder, Contract contract, IReadOnlyList<Contract> contracts) => folder.Schema(contract.Type) is { } promised
        ? SchemaComparison.Between(promised, MessageSchema.Of(contract)).Select(change => change.Breaks ? Breaking(contract, change, contracts) : Additive(contract, change))
        : [new(contract.Type, Breaks: false, $"{contract.Type} has no schema in events/schemas: {Remedy}")];

    // Ours cannot be written with an attribute that is not there. Those of others, who subscribe to the topics, would get nothing from then on.
    private static IEnumerable<Finding> CompareAttributes(EventsFolder folder, Contract contract, IReadOnlyList<Contract> contracts)
    {
        var promised = folder.AsyncApi()?["components"]?["messages"]?[contract.Type]?["headers"]?["properties"] as JsonObject ?? [];
        return from header in promised
               where header.Key != Contract.TypeAttribute
               let attribute = contract.AttributeNames.FirstOrDefault(a => a.Name == header.Key)
               where attribute is null || attribute.IsNumber != ((string?)header.Value?["type"] == "number")
               let change = attribute is null ? "was removed" : $"is {(attribute.IsNumber ? "a number" : "text")} now"
               select new Finding(contract.Type, Breaks: true, $"{contract.Type} would break whoever filters on its attribute '{header.Key}', which {change}. {Advice(contract, contracts)}");
    }

    private static Finding Breaking(Contract contract, Change change, IReadOnlyList<Contract> contracts) =>
        new(contract.Type, Breaks: true, $"{contract.Type} would break {Consumers(contract)}: {change}. {Advice(contract, contracts)}");

    private static string Advice(Contract contract, IReadOnlyList<Contract> contracts) =>
        $"Leave it as it was and declare {NextVersion(contract.Type, contracts)} beside it in src/Contracts.";

    private static Finding Additive(Contract contract, Change change) => new(contract.Type, Breaks: false,
        $"{contract.Type}: {change}. It is promised to nobody before it is in events/schemas: {Remedy}");

    private static Finding Gone(string type) => new(type, Breaks: true,
        $"{type} is declared no more, but events/schemas/{type}.json promises it. Declare it again; or, once nobody sends it and none waits in a queue, an outbox or a dead-letter queue, delete the file.");

    private static string Consumers(Contract contract)
    {
        var names = Routes.ConsumersOf(contract, Subscriptions.All);
        return names.Count < 2 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
    }

    private static string NextVersion(string type, IReadOnlyList<Contract> contracts)
    {
        var (name, version) = (type[..type.LastIndexOf('v')], int.Parse(type[(type.LastIndexOf('v') + 1)..], CultureInfo.InvariantCulture));
        do
            version++;
        while (contracts.Any(c => c.Type == $"{name}v{version}"));
        return $"{name}v{version}";
    }
}
