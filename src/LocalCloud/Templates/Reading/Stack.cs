using System.Text.Json.Nodes;

namespace LocalCloud.Templates.Reading;

/// <summary>One template and the name it is deployed under.</summary>
internal sealed class Stack
{
    private readonly JsonObject _template;

    public Stack(string name, JsonObject template)
    {
        Name = name;
        _template = template;
        Resources = Section("Resources").ToDictionary(entry => entry.Key, entry => Resource.Read(name, entry.Key, entry.Value));
    }

    public string Name { get; }

    /// <summary>By logical id, in the template's order.</summary>
    public Dictionary<string, Resource> Resources { get; }

    public JsonObject Parameters => Section("Parameters");
    public JsonObject Conditions => Section("Conditions");
    public JsonObject Mappings => Section("Mappings");
    public JsonObject Outputs => Section("Outputs");

    private JsonObject Section(string name) => _template[name] as JsonObject ?? [];
}
