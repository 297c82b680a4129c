using System.Text.Json;
using System.Text.Json.Nodes;

namespace Schemas;

/// <summary>The checkout's folder <c>events</c>, where contracts are written down for those who do not have our code.</summary>
/// <param name="Root">Its path.</param>
internal sealed record EventsFolder(string Root)
{
    private string Schemas => Path.Combine(Root, "schemas");

    /// <summary>Looks upwards from the built program, so that it works from any current directory.</summary>
    public static EventsFolder Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "cdk.json")))
                return new(Path.Combine(folder.FullName, "events"));
        }

        throw new InvalidOperationException($"No cdk.json in '{AppContext.BaseDirectory}' or any folder above it. Run this from a checkout: dotnet run --project tests/Schemas.");
    }

    /// <summary>The types whose schemas are written down, in ordinal order.</summary>
    public IReadOnlyList<string> Types() => !Directory.Exists(Schemas)
        ? []
        : [.. Directory.EnumerateFiles(Schemas, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    /// <summary>The schema of a type as it was written down; null where it was not.</summary>
    /// <exception cref="InvalidOperationException">It is no JSON object.</exception>
    public JsonObject? Schema(string type)
    {
        var path = SchemaPath(type);
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"events/schemas/{type}.json is no JSON object. Restore it from git: what was promised cannot be told without it.", e);
        }
    }

    /// <summary>Where the schema of a type is written down.</summary>
    public GeneratedFile SchemaFile(string type, JsonObject schema) => new($"events/schemas/{type}.json", SchemaPath(type), schema);

    /// <summary>Where the whole system is written down.</summary>
    public GeneratedFile AsyncApiFile(JsonObject document) => new("events/asyncapi.json", Path.Combine(Root, "asyncapi.json"), document);

    private string SchemaPath(string type) => Path.Combine(Schemas, $"{type}.json");
}
