using System.Globalization;
using System.Text.Json.Nodes;

namespace Schemas.Comparing;

/// <summary>A schema inside a document, its references followed.</summary>
/// <param name="Keywords">Its keywords, also those beside a reference; null is a schema that says nothing but yes or no.</param>
/// <param name="Beside">Of those the ones that stand beside a reference to it.</param>
/// <param name="Target">The node that it stands in, of which there is one however often it is referred to.</param>
/// <param name="Document">What its references point into.</param>
internal sealed record SchemaNode(JsonObject? Keywords, JsonObject Beside, JsonNode Target, JsonObject Document)
{
    private const int MostReferences = 100;

    /// <summary>The whole document.</summary>
    public static SchemaNode Root(JsonObject document) => Resolve(document, document);

    /// <summary>The schema under a keyword, or in it under a name; null where there is none.</summary>
    public SchemaNode? Inside(string keyword, string? name = null)
    {
        var found = Keywords?[keyword];
        if (name is not null)
            found = (found as JsonObject)?[name];
        return found is null ? null : Resolve(found, Document);
    }

    /// <summary>Each schema of the list under a keyword.</summary>
    public IReadOnlyList<SchemaNode> Each(string keyword) => Keywords?[keyword] is JsonArray list ? [.. list.Select(item => Resolve(item!, Document))] : [];

    private static SchemaNode Resolve(JsonNode node, JsonObject document)
    {
        var beside = new JsonObject();
        for (var references = 0; references < MostReferences; references++)
        {
            if (node is not JsonObject schema)
                return new(null, beside, node, document);
            if (schema["$ref"] is not { } reference)
                return new(beside.Count == 0 ? schema : Merge(beside.DeepClone().AsObject(), schema), beside, schema, document);
            Merge(beside, schema);
            node = Follow((string)reference!, document);
        }

        throw new InvalidOperationException($"A schema refers to itself in a circle of references: {node.ToJsonString()}.");
    }

    private static JsonObject Merge(JsonObject into, JsonObject schema)
    {
        foreach (var (keyword, value) in schema.Where(k => k.Key != "$ref" && !into.ContainsKey(k.Key)))
            into[keyword] = value?.DeepClone();
        return into;
    }

    private static JsonNode Follow(string reference, JsonObject document)
    {
        JsonNode? node = reference is "#" || reference.StartsWith("#/", StringComparison.Ordinal) ? document : null;
        foreach (var step in reference.Split('/')[1..].Select(s => Uri.UnescapeDataString(s).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            node = node switch
            {
                JsonObject members => members[step],
                JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return node ?? throw new InvalidOperationException($"A schema refers to '{reference}', which is not in it.");
    }
}
