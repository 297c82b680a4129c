using System.Text.Json.Nodes;
using LocalCloud.Templates.Reading;

namespace LocalCloud.Templates.Resolving;

/// <summary>Exported outputs by name. Their names are resolved when the first is asked for, their values by those who import them.</summary>
internal sealed class Exports(IReadOnlyList<Stack> stacks, Func<string, Evaluator> evaluators)
{
    private Dictionary<string, (Stack Stack, JsonNode? Value)>? _byName;
    private bool _reading;

    public (Stack Stack, JsonNode? Value) Find(string name, string where)
    {
        _byName ??= _reading
            ? throw new TemplateException($"{where}: the name of an export is itself imported, which goes round in a circle. Write the name out.")
            : Read();
        return _byName.TryGetValue(name, out var found)
            ? found
            : throw new TemplateException($"{where}: no stack exports '{name}'. Add the stack that does to the same app. {Evaluator.Advice}");
    }

    private Dictionary<string, (Stack, JsonNode?)> Read()
    {
        _reading = true;
        var exports = new Dictionary<string, (Stack, JsonNode?)>();
        foreach (var stack in stacks)
        {
            foreach (var (output, node) in stack.Outputs)
            {
                var where = $"Output '{output}' of stack '{stack.Name}'";
                if ((node as JsonObject)?["Export"] is not JsonObject { } declared || declared["Name"] is not { } name || !Exists(stack, node, where))
                    continue;
                var export = evaluators(stack.Name).Evaluate(name, where) is { } resolved ? Text.Of(resolved) : "";
                if (!exports.TryAdd(export, (stack, node!["Value"])))
                    throw new TemplateException($"{where}: '{export}' is exported twice. Export names are unique in an account and region.");
            }
        }
        return exports;
    }

    private bool Exists(Stack stack, JsonNode? output, string where) =>
        output?["Condition"] is not JsonValue condition || evaluators(stack.Name).Conditions.IsTrue(Text.Of(condition), where);
}
