using System.Text.Json.Nodes;

namespace Schemas.AsyncApi;

/// <summary>What every message has around its data: CloudEvents 1.0 and the extensions in use.</summary>
internal static class Envelope
{
    public const string Name = "envelope";

    public static JsonObject ToJson() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["specversion"] = new JsonObject { ["type"] = "string", ["const"] = "1.0" },
            ["id"] = Text("Identity across retries, redrives and fan-out. A consumer that has seen it has seen the message.", ("minLength", 1), ("maxLength", 128)),
            ["source"] = Text("Who made it.", ("format", "uri-reference")),
            ["type"] = Text("The message's stable name with its version."),
            ["time"] = Text("When it was made.", ("format", "date-time")),
            ["datacontenttype"] = new JsonObject { ["type"] = "string", ["const"] = "application/json" },
            ["partitionkey"] = Text("Messages with one key stay in order on FIFO topics and queues.", ("maxLength", 128)),
            ["correlationid"] = Text("What all messages of one business transaction share."),
            ["causationid"] = Text("The id of the message that led to this one."),
            ["traceparent"] = Text("The W3C trace context of the producer."),
            ["data"] = new JsonObject { ["description"] = "The message's own data." },
        },
        ["required"] = new JsonArray("specversion", "id", "source", "type", "time", "data"),
    };

    private static JsonObject Text(string description, params (string Keyword, JsonNode Value)[] keywords)
    {
        var text = new JsonObject { ["type"] = "string", ["description"] = description };
        foreach (var (keyword, value) in keywords)
            text[keyword] = value;
        return text;
    }
}
