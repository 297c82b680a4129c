using System.Text.Json;
using System.Text.Json.Nodes;
using LocalCloud.Http;
using LocalCloud.Sns.Filtering;

namespace LocalCloud.Lambda.Queues;

/// <summary>
/// The filter criteria of an event-source mapping: a message is for the function if one of the patterns matches its record, whose body is looked into
/// when it is JSON. Patterns are those of subscriptions' filter policies; a message that none matches is deleted.
/// </summary>
internal sealed class EventFilter
{
    private const int MostPatterns = 10;
    private const int MostCharacters = 4096;

    private readonly PolicyNode[] _patterns;

    private EventFilter(IReadOnlyList<string> texts, PolicyNode[] patterns) => (Texts, _patterns) = (texts, patterns);

    /// <summary>The patterns as they were written.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <exception cref="FormatException">A pattern that Lambda would not take; the message says why.</exception>
    public static EventFilter Parse(IReadOnlyList<string> patterns) => patterns.Count is 0 or > MostPatterns
        ? throw new FormatException($"there must be 1 to {MostPatterns} filters")
        : new EventFilter(patterns, [.. patterns.Select(Compile)]);

    public bool Matches(JsonObject message)
    {
        using var record = JsonDocument.Parse(Record(message).ToJsonString());
        return Array.Exists(_patterns, pattern => pattern.Matches(record.RootElement));
    }

    private static PolicyNode Compile(string pattern)
    {
        if (pattern.Length > MostCharacters)
            throw new FormatException($"a pattern may have {MostCharacters} characters");
        try
        {
            using var document = JsonDocument.Parse(pattern);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? PolicyNode.Parse(document.RootElement, nested: true)
                : throw new FormatException("a pattern must be a JSON object");
        }
        catch (Exception e) when (e is JsonException or ServiceException or InvalidOperationException)
        {
            throw new FormatException(e is ServiceException ? e.Message : "a pattern must be a JSON object", e);
        }
    }

    private static JsonObject Record(JsonObject message)
    {
        var body = message["Body"]?.GetValue<string>() ?? "";
        return new JsonObject
        {
            ["messageId"] = message["MessageId"]?.DeepClone(),
            ["body"] = Structure(body) ?? body,
            ["attributes"] = message["Attributes"]?.DeepClone(),
            ["messageAttributes"] = new JsonObject((message["MessageAttributes"] as JsonObject ?? []).Select(attribute => KeyValuePair.Create(
                attribute.Key,
                (JsonNode?)new JsonObject
                {
                    ["stringValue"] = attribute.Value?["StringValue"]?.DeepClone(),
                    ["binaryValue"] = attribute.Value?["BinaryValue"]?.DeepClone(),
                    ["dataType"] = attribute.Value?["DataType"]?.DeepClone(),
                }))),
            ["eventSource"] = "aws:sqs",
        };
    }

    /// <summary>Null for a body that is a plain text.</summary>
    private static JsonNode? Structure(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonNode and not JsonValue and var node ? node : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
