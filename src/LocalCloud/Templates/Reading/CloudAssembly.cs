using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace LocalCloud.Templates.Reading;

/// <summary>
/// The stacks of a synthesized CDK app (<c>manifest.json</c>, stages included), or of a folder of plain templates.
/// Their order does not matter: resources are created in the order their references ask for.
/// </summary>
internal static class CloudAssembly
{
    /// <summary>CloudFormation's own limit.</summary>
    private const long MaximumTemplate = 1024 * 1024;

    /// <summary>It holds the metadata of every construct.</summary>
    private const long MaximumManifest = 32 * 1024 * 1024;

    /// <summary>Stages in stages.</summary>
    private const int DeepestStage = 10;

    /// <summary>With a member that is there twice, nobody knows which one is meant.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static IReadOnlyList<Stack> Read(string directory)
    {
        var manifest = Path.Combine(directory, "manifest.json");
        List<Stack> stacks = [.. File.Exists(manifest) ? FromManifest(manifest, 0) : FromTemplates(directory)];
        if (stacks.Count == 0)
            throw new TemplateException(HasYaml(directory)
                ? $"'{directory}' has templates in YAML only. Templates are read as JSON here, as the CDK writes them: convert them, for example with cfn-flip."
                : $"'{directory}' has no stack: it holds neither a manifest.json with stacks nor a *.template.json. Run 'npx cdk synth' first.");
        if (stacks.GroupBy(stack => stack.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new TemplateException($"'{directory}' has two stacks named '{twice.Key}'. Give each stack a name of its own.");
        return stacks;
    }

    private static IEnumerable<Stack> FromManifest(string manifest, int depth)
    {
        var directory = Path.GetDirectoryName(manifest)!;
        if (depth > DeepestStage)
            throw new TemplateException($"'{manifest}' is a stage within more than {DeepestStage} stages. Run 'npx cdk synth' again.");
        foreach (var (id, node) in Load(manifest, MaximumManifest)["artifacts"] as JsonObject ?? [])
        {
            var properties = (node as JsonObject)?["properties"] as JsonObject;
            switch (Text(node as JsonObject, "type"))
            {
                case "aws:cloudformation:stack":
                    var file = Text(properties, "templateFile")
                        ?? throw new TemplateException($"Stack '{id}' of '{manifest}' names no templateFile. Run 'npx cdk synth' again.");
                    yield return new Stack(Text(properties, "stackName") ?? id, Load(Path.Combine(directory, file), MaximumTemplate));
                    break;
                case "cdk:cloud-assembly" when Text(properties, "directoryName") is { } nested:
                    foreach (var stack in FromManifest(Path.Combine(directory, nested, "manifest.json"), depth + 1))
                        yield return stack;
                    break;
            }
        }
    }

    private static bool HasYaml(string directory) =>
        Directory.EnumerateFiles(directory).Any(file => file.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Stack> FromTemplates(string directory)
    {
        if (!Directory.Exists(directory))
            throw new TemplateException($"The folder '{directory}' does not exist. Run 'npx cdk synth', or name the folder that holds the templates.");
        return Directory.EnumerateFiles(directory, "*.template.json").Order(StringComparer.Ordinal)
            .Select(file => new Stack(Path.GetFileName(file)[..^".template.json".Length], Load(file, MaximumTemplate)));
    }

    private static JsonObject Load(string file, long maximum)
    {
        try
        {
            if (new FileInfo(file).Length is var size && size > maximum)
                throw new TemplateException($"'{file}' has {size} bytes; it may have {maximum}.");
            var bytes = File.ReadAllBytes(file);
            if (!Utf8.IsValid(bytes))
                throw new TemplateException($"'{file}' is not a text in UTF-8.");
            return JsonNode.Parse(bytes, documentOptions: Strict) as JsonObject ?? throw new TemplateException($"'{file}' is not a JSON object.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TemplateException($"'{file}' cannot be read as a template: {e.Message}", e);
        }
    }

    private static string? Text(JsonObject? properties, string name) => properties?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
