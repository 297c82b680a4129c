using System.Text.Json.Nodes;

namespace LocalCloud.Templates.Resolving;

/// <summary>A resource that exists: what <c>Ref</c> and <c>Fn::GetAtt</c> of it answer.</summary>
internal sealed record Created(string Ref)
{
    public IReadOnlyDictionary<string, JsonNode?> Attributes { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>Whether an attribute that is not known, but ends in <c>Arn</c>, is made up: for types that are not created here.</summary>
    public bool InventsArns { get; init; }

    public static Created With(string reference, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var values = new Dictionary<string, JsonNode?>();
        foreach (var (name, value) in attributes)
            values[name] = JsonValue.Create(value);
        return new Created(reference) { Attributes = values };
    }
}
