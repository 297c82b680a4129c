using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalCloud.Templates.Reading;

/// <summary>
/// The stacks of a synthesized CDK app (<c>manifest.json</c>, stages included), or of a folder of plain templates.
/// Their order does not matter: resources are created in the order their references ask for.
/// </summary>
internal static class CloudAssembly
{
    /// <summary>CloudFormation takes 1 MB a template; a manifest with its metadata can be larger.</summary>
    private const long MaximumFileSize = 32 * 1024 * 1024;

    public static IReadOnlyList<Stack> Read(string directory)
    {
        var manifest = Path.Combine(directory, "manifest.json");
        List<Stack> stacks = [.. File.Exists(manifest) ? FromManifest(manifest) : FromTemplates(directory)];
        if (stacks.Count == 0)
            throw new TemplateException(
                $"'{directory}' has no stack: it holds neither a manifest.json with stacks nor a *.template.json. Run 'npx cdk synth' first.");
        if (stacks.GroupBy(stack => stack.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new TemplateException($"'{directory}' has two stacks named '{twice.Key}'. Give each stack a name of its own.");
        return stacks;
    }

    private static IEnumerable<Stack> FromManifest(string manifest)
    {
        var directory = Path.GetDirectoryName(manifest)!;
        foreach (var (id, node) in Load(manifest)["artifacts"] as JsonObject ?? [])
        {
            var properties = node?["properties"];
            switch (node?["type"]?.GetValue<string>())
            {
                case "aws:cloudformation:stack":
                    var file = Text(properties, "templateFile")
                        ?? throw new TemplateException($"Stack '{id}' of '{manifest}' names no templateFile. Run 'npx cdk synth' again.");
                    yield return new Stack(Text(properties, "stackName") ?? id, Load(Path.Combine(directory, file)));
                    break;
                case "cdk:cloud-assembly" when Text(properties, "directoryName") is { } nested:
                    foreach (var stack in FromManifest(Path.Combine(directory, nested, "manifest.json")))
                        yield return stack;
                    break;
            }
        }
    }

    private static IEnumerable<Stack> FromTemplates(string directory)
    {
        if (!Directory.Exists(directory))
            throw new TemplateException($"The folder '{directory}' does not exist. Run 'npx cdk synth', or name the folder that holds the templates.");
        return Directory.EnumerateFiles(directory, "*.template.json").Order(StringComparer.Ordinal)
            .Select(file => new Stack(Path.GetFileName(file)[..^".template.json".Length], Load(file)));
    }

    private static JsonObject Load(string file)
    {
        try
        {
            if (new FileInfo(file).Length is var size and > MaximumFileSize)
                throw new TemplateException($"'{file}' has {size} bytes; a template may have {MaximumFileSize}.");
            return JsonNode.Parse(File.ReadAllBytes(file)) as JsonObject ?? throw new TemplateException($"'{file}' is not a JSON object.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new TemplateException($"'{file}' cannot be read as a template: {e.Message}", e);
        }
    }

    private static string? Text(JsonNode? properties, string name) => (properties?[name] as JsonValue)?.GetValue<string>();
}
