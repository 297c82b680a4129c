using System.Text.Json.Nodes;

namespace Schemas.AsyncApi;

/// <summary>Somebody sends to a channel, or receives from it.</summary>
/// <param name="Name">The channel's name and the action.</param>
/// <param name="Action"><c>send</c> or <c>receive</c>.</param>
/// <param name="Channel">Where.</param>
internal sealed record Operation(string Name, string Action, Channel Channel)
{
    /// <summary>A topic is sent to; a queue is received from, and sent to where no topic feeds it.</summary>
    public static IEnumerable<Operation> Of(Channel channel)
    {
        if (channel.Feeds.Count == 0)
            yield return new($"{channel.Name}.send", "send", channel);
        if (!channel.IsTopic)
            yield return new($"{channel.Name}.receive", "receive", channel);
    }

    /// <summary>AsyncAPI's Operation Object, with the filter policy of each subscription, which AsyncAPI has no word for.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["action"] = Action,
            ["channel"] = SystemDocument.Reference("channels", Channel.Name),
            ["summary"] = Summary,
            ["messages"] = new JsonArray([.. Channel.Contracts.Select(c => SystemDocument.Reference("channels", Channel.Name, "messages", c.Type))]),
        };
        if (Channel.Feeds.Count > 0)
            json["x-filter-policies"] = new JsonObject(Channel.Feeds.Select(s => KeyValuePair.Create(s.Topic, (JsonNode?)s.Filter.ToPolicy())));
        return json;
    }

    private string Summary => Action == "receive" ? $"The consumer {Channel.Name} handles them."
        : Channel.IsTopic ? "They are announced to whoever subscribes."
        : $"They are sent to the consumer {Channel.Name} alone.";
}
