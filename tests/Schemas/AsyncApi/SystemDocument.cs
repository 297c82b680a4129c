using System.Text.Json.Nodes;

namespace Schemas.AsyncApi;

/// <summary>The whole system as an AsyncAPI 3 document: topics and queues, who sends and who receives, and what.</summary>
internal static class SystemDocument
{
    /// <summary>Only from what is declared in src/Contracts.</summary>
    public static JsonObject Create(IReadOnlyList<Contract> contracts, IReadOnlyList<Subscription> subscriptions)
    {
        var channels = Channel.All(contracts, subscriptions);
        return new()
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Bookings",
                ["version"] = "1.0.0",
                ["description"] = "Every message is a CloudEvents 1.0 event in structured mode. Its type carries its version: a change that would break somebody is another type. "
                    + "The names are logical; the addresses are outputs of the stacks.",
            },
            ["defaultContentType"] = "application/cloudevents+json",
            ["channels"] = Map(channels, channel => channel.Name, channel => channel.ToJson()),
            ["operations"] = Map(channels.SelectMany(Operation.Of), operation => operation.Name, operation => operation.ToJson()),
            ["components"] = new JsonObject
            {
                ["messages"] = Map(contracts.OrderBy(c => c.Type, StringComparer.Ordinal), contract => contract.Type, Message.ToJson),
                ["schemas"] = new JsonObject { [Envelope.Name] = Envelope.ToJson() },
            },
        };
    }

    /// <summary>A pointer into this document; names in it have neither a slash nor a tilde.</summary>
    public static JsonObject Reference(params string[] path) => new() { ["$ref"] = $"#/{string.Join('/', path)}" };

    private static JsonObject Map<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonNode> json) =>
        new(items.Select(item => KeyValuePair.Create(name(item), (JsonNode?)json(item))));
}
