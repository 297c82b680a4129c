using System.Text.Json.Nodes;
using LocalCloud.Templates.Reading;

namespace LocalCloud.Templates.Resolving;

/// <summary>
/// What a resource refers to, in its own stack and through imports in others. The branch of a <c>Fn::If</c> that is not taken does not count.
/// </summary>
internal sealed class Dependencies(IReadOnlyDictionary<string, Stack> stacks, References references)
{
    public IEnumerable<ResourceId> Of(Resource resource)
    {
        var stack = stacks[resource.Id.Stack];
        var where = $"Resource {resource.Id}";
        return resource.DependsOn.SelectMany(name => Named(stack, name, where)).Concat(In(resource.Properties, stack, where)).Distinct();
    }

    private readonly HashSet<string> _importing = [];

    private IEnumerable<ResourceId> In(JsonNode? node, Stack stack, string where)
    {
        Bounds.Deeper(where);
        if (Intrinsic.Is(node, out var function, out var argument))
        {
            return (function, argument) switch
            {
                ("Ref", JsonValue name) => Named(stack, Text.Of(name), where),
                ("Fn::GetAtt", _) when Intrinsic.GetAtt(argument) is var (id, _) => Named(stack, id, where),
                ("Fn::Sub", JsonValue text) => InText(Text.Of(text), [], stack, where),
                ("Fn::Sub", JsonArray { Count: 2 } pair) when pair[0] is JsonValue text && pair[1] is JsonObject names =>
                    InText(Text.Of(text), names, stack, where).Concat(In(names, stack, where)),
                ("Fn::If", JsonArray { Count: 3 } choice) when choice[0] is JsonValue name =>
                    In(references.In(stack.Name).Conditions.IsTrue(Text.Of(name), where) ? choice[1] : choice[2], stack, where),
                ("Fn::ImportValue", not null) => Imported(references.In(stack.Name).Evaluate(argument, where) is { } export ? Text.Of(export) : "", where),
                _ => In(argument, stack, where),
            };
        }
        return node switch
        {
            JsonObject members => members.SelectMany(member => In(member.Value, stack, where)),
            JsonArray items => items.SelectMany(item => In(item, stack, where)),
            _ => [],
        };
    }

    private static IEnumerable<ResourceId> InText(string text, JsonObject names, Stack stack, string where) => SubText.Pieces(text)
        .Where(piece => piece.IsName && !names.ContainsKey(piece.Text))
        .SelectMany(piece => Named(stack, piece.Text.Split('.', 2)[0], where));

    private ResourceId[] Imported(string export, string where)
    {
        var (stack, value) = references.Export(export, where);
        if (!_importing.Add(export))
            throw new TemplateException($"{where}: the export '{export}' is made of what it exports itself. Break the circle.");
        ResourceId[] needed = [.. In(value, stack, where)];
        _importing.Remove(export);
        return needed;
    }

    private static IEnumerable<ResourceId> Named(Stack stack, string name, string where)
    {
        if (name.StartsWith("AWS::", StringComparison.Ordinal) || stack.Parameters.ContainsKey(name))
            return [];
        return stack.Resources.TryGetValue(name, out var resource)
            ? [resource.Id]
            : throw new TemplateException($"{where}: '{name}' is neither a resource nor a parameter of stack '{stack.Name}'. Correct the name.");
    }
}
