using System.Text.Json;
using System.Text.Json.Nodes;

namespace Schemas;

/// <summary>The checkout's folder <c>events</c>, where contracts are written down for those who do not have our code.</summary>
/// <param name="Root">Its path.</param>
internal sealed record EventsFolder(string Root)
{
    private const string AsyncApiName = "events/asyncapi.json";

    private string AsyncApiPath => Path.Combine(Root, "asyncapi.json");

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
    public JsonObject? Schema(string type) => Read(SchemaPath(type), SchemaName(type));

    /// <summary>The system as it was written down; null where it was not.</summary>
    /// <exception cref="InvalidOperationException">It is no JSON object.</exception>
    public JsonObject? AsyncApi() => Read(AsyncApiPath, AsyncApiName);

    /// <summary>Where the schema of a type is written down.</summary>
    public GeneratedFile SchemaFile(string type, JsonObject schema) => new(SchemaName(type), SchemaPath(type), schema);

    /// <summary>Where the whole system is written down.</summary>
    public GeneratedFile AsyncApiFile(JsonObject document) => new(AsyncApiName, AsyncApiPath, document);

    private static JsonObject? Read(string path, string name)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"{name} is no JSON object. Restore it from git: what was promised cannot be told without it.", e);
        }
    }

    private static string SchemaName(string type) => $"events/schemas/{type}.json";

    private string SchemaPath(string type) => Path.Combine(Schemas, $"{type}.json");
}
