using System.Text.Json.Nodes;

namespace Schemas.Comparing;

/// <content>What one schema says of a value by itself: its type, the values it takes, and all that is compared as a whole.</content>
internal sealed partial class SchemaComparison
{
    // They say something about the schema and nothing about messages.
    private static readonly HashSet<string> s_annotations = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
    };

    private static readonly HashSet<string> s_compared = new(StringComparer.Ordinal) { "type", "enum", "properties", "required", "items", "additionalProperties", "anyOf", "oneOf", "allOf" };

    private void CompareTypes(string place, JsonObject before, JsonObject after)
    {
        var (was, now) = (Names(before["type"]), Names(after["type"]));
        var (wasNull, isNull) = (was.Remove("null"), now.Remove("null"));
        if (!was.SetEquals(now))
            Break(place, $"was {Or(was)} and is {Or(now)}");
        else if (isNull && !wasNull)
            Break(place, "may be null now");
        else if (wasNull && !isNull)
            Break(place, "may be null no more, and is in messages on their way");
    }

    private void CompareValues(string place, JsonObject before, JsonObject after)
    {
        if (before["enum"] is not JsonArray was || after["enum"] is not JsonArray now)
        {
            if (before.ContainsKey("enum") != after.ContainsKey("enum"))
                Break(place, after.ContainsKey("enum") ? "takes only certain values now" : "takes any value now, and took certain ones");
            return;
        }

        foreach (var value in was.Where(value => !now.Any(other => JsonNode.DeepEquals(value, other))))
            Break(place, $"lost the value {Short(value)}, which messages on their way have");
        foreach (var value in now.Where(value => !was.Any(other => JsonNode.DeepEquals(value, other))))
            Break(place, $"got the value {Short(value)}, which consumers do not know");
    }

    private void CompareTheRest(string place, JsonObject before, JsonObject after, HashSet<string> compared)
    {
        foreach (var keyword in before.Select(k => k.Key).Union(after.Select(k => k.Key), StringComparer.Ordinal).Where(k => !s_annotations.Contains(k) && !compared.Contains(k)))
            CompareWhole(place, keyword, before, after);
    }

    private void CompareWhole(string place, string keyword, JsonObject before, JsonObject after)
    {
        var (was, now) = (before[keyword], after[keyword]);
        if (!JsonNode.DeepEquals(was, now))
            Break(place, $"had the {keyword} {Short(was)} and has {Short(now)}");
    }

    private static HashSet<string> Names(JsonNode? node) => node switch
    {
        JsonArray list => list.Select(name => (string)name!).ToHashSet(StringComparer.Ordinal),
        JsonValue name => [(string)name!],
        _ => [],
    };

    private static string Or(HashSet<string> types) => types.Count == 0 ? "anything" : string.Join(" or ", types.Order(StringComparer.Ordinal));

    private static string Short(JsonNode? node) => node?.ToJsonString() switch
    {
        null => "none",
        { Length: > 60 } text => text[..60] + "…",
        var text => text,
    };
}
