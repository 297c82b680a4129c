using System.Text.Json.Nodes;

namespace LocalCloud.Templates.Reading;

/// <summary>One entry of a template's <c>Resources</c>, as written: nothing in it is resolved yet.</summary>
internal sealed record Resource(ResourceId Id, string Type, JsonObject Properties, IReadOnlyList<string> DependsOn, string? Condition)
{
    public static Resource Read(string stack, string logicalId, JsonNode? node)
    {
        var id = new ResourceId(stack, logicalId);
        if (node is not JsonObject resource || resource[nameof(Type)] is not JsonValue type)
            throw new TemplateException($"Resource {id} is not an object with a \"Type\".");
        return new Resource(
            id,
            type.GetValue<string>(),
            resource[nameof(Properties)] as JsonObject ?? [],
            Names(resource[nameof(DependsOn)]),
            (resource[nameof(Condition)] as JsonValue)?.GetValue<string>());
    }

    private static string[] Names(JsonNode? dependsOn) => dependsOn switch
    {
        JsonArray several => [.. several.Select(name => name!.GetValue<string>())],
        JsonValue one => [one.GetValue<string>()],
        _ => [],
    };
}
