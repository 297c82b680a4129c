using System.Text.Json.Nodes;
using LocalCloud.Templates.Reading;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Tests.Templates;

/// <summary>Stacks from JSON with single quotes, because templates are full of double ones.</summary>
internal static class Given
{
    public static readonly CloudNames Names = new("eu-central-1", "123456789012");

    public static Stack Stack(string name, string template) => new(name, Json(template).AsObject());

    public static JsonNode Json(string text) => JsonNode.Parse(text.Replace('\'', '"'))!;

    /// <summary>The value of an expression in a stack where every resource is created, with <c>{LogicalId}-ref</c> as its Ref and attributes Arn and Name.</summary>
    public static string? Evaluate(string expression, string template = "{}", IReadOnlyDictionary<string, string>? parameters = null)
    {
        var stack = Stack("shop", template);
        var references = References(parameters, stack);
        return references.In("shop").Evaluate(Json(expression), "Here")?.ToJsonString().Replace('"', '\'');
    }

    public static References References(params Stack[] stacks) => References(null, stacks);

    private static References References(IReadOnlyDictionary<string, string>? parameters, params Stack[] stacks)
    {
        var references = new References(Names, stacks, parameters);
        foreach (var resource in CreationOrder.Of(stacks, references))
        {
            var id = resource.Id.LogicalId;
            references.Add(resource.Id, Created.With($"{id}-ref", ("Arn", $"arn:{id}"), ("Nested.Name", $"{id}-name")));
        }
        return references;
    }
}
