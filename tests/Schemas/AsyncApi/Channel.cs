using System.Text.Json.Nodes;

namespace Schemas.AsyncApi;

/// <summary>A topic, or a queue.</summary>
/// <param name="Name">Its logical name.</param>
/// <param name="IsTopic">Whether it is a topic of SNS; else it is a queue of SQS.</param>
/// <param name="Contracts">What comes through it.</param>
/// <param name="Feeds">The subscriptions that it gets its messages by; none where they are sent to it.</param>
internal sealed record Channel(string Name, bool IsTopic, IReadOnlyList<Contract> Contracts, IReadOnlyList<Subscription> Feeds)
{
    /// <summary>Every topic and queue, in ordinal order.</summary>
    public static IReadOnlyList<Channel> All(IReadOnlyList<Contract> contracts, IReadOnlyList<Subscription> subscriptions)
    {
        var sentTo = from contract in contracts
                     from destination in contract.Destinations
                     group contract by destination into sent
                     select new Channel(sent.Key, Routes.IsTopic(sent.Key, subscriptions), [.. sent], []);
        var fed = from subscription in subscriptions
                  group subscription by subscription.Consumer into feeds
                  select new Channel(feeds.Key, IsTopic: false, [.. feeds.SelectMany(s => s.Filter.Accepted).Distinct()], [.. feeds]);
        return [.. sentTo.Concat(fed).OrderBy(channel => channel.Name, StringComparer.Ordinal)];
    }

    /// <summary>AsyncAPI's Channel Object. The address is known only after a deployment.</summary>
    public JsonObject ToJson() => new()
    {
        ["address"] = null,
        ["description"] = Description,
        ["messages"] = new JsonObject(Contracts.Select(c => KeyValuePair.Create(c.Type, (JsonNode?)SystemDocument.Reference("components", "messages", c.Type)))),
        ["tags"] = new JsonArray(new JsonObject { ["name"] = IsTopic ? "topic" : "queue" }),
    };

    private string Description => IsTopic ? "A topic: whoever wants to know subscribes a queue."
        : Feeds.Count == 0 ? "A queue: each message in it is for its one consumer."
        : $"A queue that gets what its consumer hears on {string.Join(" and ", Feeds.Select(s => s.Topic))}.";
}
