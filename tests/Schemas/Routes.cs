namespace Schemas;

/// <summary>Where messages go, from the contracts' destinations and the subscriptions.</summary>
internal static class Routes
{
    /// <summary>A destination that is subscribed to is a topic; any other is a queue.</summary>
    public static bool IsTopic(string destination, IReadOnlyList<Subscription> subscriptions) => subscriptions.Any(s => s.Topic == destination);

    /// <summary>The queues that a contract's messages arrive in, in ordinal order: a consumer is called as its queue.</summary>
    public static IReadOnlyList<string> ConsumersOf(Contract contract, IReadOnlyList<Subscription> subscriptions) =>
    [
        .. contract.Destinations
            .SelectMany(destination => IsTopic(destination, subscriptions)
                ? subscriptions.Where(s => s.Topic == destination && s.Filter.Accepted.Contains(contract)).Select(s => s.Consumer)
                : [destination])
            .DefaultIfEmpty($"whoever hears {string.Join(" and ", contract.Destinations)}")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];
}
