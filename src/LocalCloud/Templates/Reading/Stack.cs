using System.Text.Json.Nodes;

namespace LocalCloud.Templates.Reading;

/// <summary>One template and the name it is deployed under.</summary>
internal sealed class Stack
{
    /// <summary>CloudFormation's own limit.</summary>
    private const int MostResources = 500;

    private static readonly string[] Sections = ["Resources", "Parameters", "Conditions", "Mappings", "Outputs"];

    private readonly JsonObject _template;

    public Stack(string name, JsonObject template)
    {
        Name = name;
        _template = template;
        foreach (var section in Sections)
        {
            if (template[section] is not (null or JsonObject))
                throw new TemplateException($"Stack '{name}' has {section} that are not an object. Write each under its logical id.");
        }
        Refuse("Transform", "macros, which do not run here. Synthesize the template without them", allowed: "AWS::LanguageExtensions");
        if (Section("Resources").Count > MostResources)
            throw new TemplateException($"Stack '{name}' has {Section("Resources").Count} resources; CloudFormation takes {MostResources}. Split it.");
        Resources = Section("Resources").ToDictionary(entry => entry.Key, entry => Resource.Read(name, entry.Key, entry.Value));
    }

    public string Name { get; }

    /// <summary>By logical id, in the template's order.</summary>
    public Dictionary<string, Resource> Resources { get; }

    public JsonObject Parameters => Section("Parameters");
    public JsonObject Conditions => Section("Conditions");
    public JsonObject Mappings => Section("Mappings");
    public JsonObject Outputs => Section("Outputs");

    private void Refuse(string section, string reason, string allowed)
    {
        var names = _template[section] is JsonArray several ? several.OfType<JsonNode>().Select(Resolving.Text.Of) : _template[section] is { } one ? [Resolving.Text.Of(one)] : [];
        if (names.FirstOrDefault(name => name != allowed) is { } wrong)
            throw new TemplateException($"Stack '{Name}' has the {section} '{wrong}': it needs {reason}.");
    }

    private JsonObject Section(string name) => _template[name] as JsonObject ?? [];
}
