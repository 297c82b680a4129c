using System.Text.Json.Nodes;
using LocalCloud.Templates.Reading;

namespace LocalCloud.Templates.Resolving;

/// <summary>The conditions of one stack. They depend on parameters and on one another, never on resources.</summary>
internal sealed class Conditions(Stack stack, Evaluator values)
{
    private readonly Dictionary<string, bool?> _known = [];

    public bool IsTrue(string name, string where)
    {
        if (_known.TryGetValue(name, out var known))
            return known ?? throw new TemplateException($"Condition '{name}' of stack '{stack.Name}' refers to itself. Break the circle.");
        if (!stack.Conditions.TryGetPropertyValue(name, out var condition))
            throw new TemplateException($"{where}: condition '{name}' is not in the template's Conditions.");
        _known[name] = null;
        var result = Decide(condition, $"Condition '{name}' of stack '{stack.Name}'");
        _known[name] = result;
        return result;
    }

    /// <summary>CloudFormation compares texts: 1 and "1" are equal.</summary>
    private static bool Equal(JsonNode? one, JsonNode? other) => one is JsonValue && other is JsonValue ? Text.Of(one) == Text.Of(other) : JsonNode.DeepEquals(one, other);

    private bool Decide(JsonNode? node, string where)
    {
        Bounds.Deeper(where);
        if (node is not JsonObject { Count: 1 } call)
            throw new TemplateException($"{where} is '{node?.ToJsonString()}'. Write one of Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition.");
        var (function, argument) = call.First();
        return (function, argument) switch
        {
            ("Condition", JsonValue name) => IsTrue(Text.Of(name), where),
            ("Fn::Equals", JsonArray { Count: 2 } pair) => Equal(values.Evaluate(pair[0], where), values.Evaluate(pair[1], where)),
            ("Fn::And", JsonArray { Count: >= 2 and <= 10 } all) => all.All(each => Decide(each, where)),
            ("Fn::Or", JsonArray { Count: >= 2 and <= 10 } any) => any.Any(each => Decide(each, where)),
            ("Fn::Not", JsonArray { Count: 1 } one) => !Decide(one[0], where),
            ("Fn::Equals" or "Fn::And" or "Fn::Or" or "Fn::Not", _) => throw new TemplateException(
                $"{where} gives '{function}' the wrong number of arguments: Fn::Equals takes two, Fn::Not one, Fn::And and Fn::Or from two to ten."),
            _ => throw new TemplateException(
                $"{where} uses '{function}', which no condition can. Write one of Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition."),
        };
    }
}
