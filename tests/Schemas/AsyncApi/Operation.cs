using System.Text.Json.Nodes;

namespace Schemas.AsyncApi;

/// <summary>Somebody sends to a channel, or receives from it.</summary>
/// <param name="Name">The channel's name, the action, and who sends where that is known.</param>
/// <param name="Channel">Where.</param>
/// <param name="Contracts">What.</param>
/// <param name="Sender">The function that sends; null for whoever receives, and where no contract says it.</param>
internal sealed record Operation(string Name, Channel Channel, IReadOnlyList<Contract> Contracts, string? Sender = null)
{
    /// <summary>Whether it sends; else it receives.</summary>
    public required bool Sends { get; init; }

    /// <summary>A topic is sent to; a queue is received from, and sent to where no topic feeds it.</summary>
    public static IEnumerable<Operation> Of(Channel channel)
    {
        var sends = from contract in channel.Feeds.Count == 0 ? channel.Contracts : []
                    from sender in contract.Senders.DefaultIfEmpty(null)
                    group contract by sender into sent
                    orderby sent.Key
                    select new Operation(sent.Key is null ? $"{channel.Name}.send" : $"{channel.Name}.send.{sent.Key}", channel, [.. sent], sent.Key) { Sends = true };
        return channel.IsTopic ? sends : sends.Append(new($"{channel.Name}.receive", channel, channel.Contracts) { Sends = false });
    }

    /// <summary>AsyncAPI's Operation Object, with what AsyncAPI has no word for: who sends, and the filter policy of each subscription.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["action"] = Sends ? "send" : "receive",
            ["channel"] = SystemDocument.Reference("channels", Channel.Name),
            ["summary"] = Summary,
            ["messages"] = new JsonArray([.. Contracts.Select(c => SystemDocument.Reference("channels", Channel.Name, "messages", c.Type))]),
        };
        if (Sender is not null)
            json["x-sender"] = Sender;
        if (Channel.Feeds.Count > 0)
            json["x-filter-policies"] = new JsonObject(Channel.Feeds.Select(s => KeyValuePair.Create(s.Topic, (JsonNode?)s.Filter.ToPolicy())));
        return json;
    }

    private string Summary => !Sends ? $"The consumer {Channel.Name} handles them."
        : Channel.IsTopic ? $"{Sender ?? "Somebody"} announces them to whoever subscribes."
        : $"{Sender ?? "Somebody"} sends them to the consumer {Channel.Name} alone.";
}
