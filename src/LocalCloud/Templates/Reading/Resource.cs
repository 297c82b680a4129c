using System.Text.Json.Nodes;

namespace LocalCloud.Templates.Reading;

/// <summary>One entry of a template's <c>Resources</c>, as written: nothing in it is resolved yet.</summary>
internal sealed record Resource(ResourceId Id, string Type, JsonObject Properties, IReadOnlyList<string> DependsOn, string? Condition)
{
    public static Resource Read(string stack, string logicalId, JsonNode? node)
    {
        var id = new ResourceId(stack, logicalId);
        if (node is not JsonObject resource || resource[nameof(Type)] is not JsonValue type || !type.TryGetValue(out string? name))
            throw new TemplateException($"Resource {id} is not an object with a \"Type\".");
        if (resource[nameof(Properties)] is not (null or JsonObject))
            throw new TemplateException($"Resource {id} ({name}) has Properties that are not an object. Write each under its name.");
        return new Resource(
            id,
            name,
            resource[nameof(Properties)] as JsonObject ?? [],
            Names(resource[nameof(DependsOn)]),
            resource[nameof(Condition)] is JsonValue condition ? Resolving.Text.Of(condition) : null);
    }

    private static string[] Names(JsonNode? dependsOn) => dependsOn switch
    {
        JsonArray several => [.. several.OfType<JsonNode>().Select(Resolving.Text.Of)],
        JsonValue one => [Resolving.Text.Of(one)],
        _ => [],
    };
}
