using System.Text.Json.Nodes;
using LocalCloud.Templates.Reading;

namespace LocalCloud.Templates.Resolving;

/// <summary>What the resources of all stacks answer to <c>Ref</c>, <c>Fn::GetAtt</c> and <c>Fn::ImportValue</c>.</summary>
internal sealed class References
{
    private readonly Dictionary<ResourceId, Created> _created = [];
    private readonly Dictionary<string, Evaluator> _evaluators;
    private readonly Exports _exports;

    public References(CloudNames names, IReadOnlyList<Stack> stacks, IReadOnlyDictionary<string, string>? parameters = null)
    {
        Names = names;
        _evaluators = stacks.ToDictionary(stack => stack.Name, stack => new Evaluator(stack, this, parameters ?? new Dictionary<string, string>()));
        _exports = new Exports(stacks, In);
    }

    public CloudNames Names { get; }

    public Evaluator In(string stack) => _evaluators[stack];

    public void Add(ResourceId id, Created created) => _created.Add(id, created);

    public Created Find(ResourceId id) => _created[id];

    public string Ref(Stack stack, string logicalId, string where) => Get(stack, logicalId, where).Ref;

    public JsonNode? GetAtt(Stack stack, string logicalId, string attribute, string where)
    {
        var created = Get(stack, logicalId, where);
        if (created.Attributes.TryGetValue(attribute, out var value))
            return value?.DeepClone();
        var type = stack.Resources[logicalId].Type;
        if (created.InventsArns && attribute.EndsWith("Arn", StringComparison.Ordinal))
            return JsonValue.Create(Names.Arn(type.Split("::") is [_, var service, ..] ? service.ToLowerInvariant() : "local", created.Ref));
        throw new TemplateException($"{where}: attribute '{attribute}' of '{logicalId}' ({type}) is not known here. {Evaluator.Advice}");
    }

    public JsonNode? Import(string export, string where)
    {
        Bounds.Deeper(where);
        var (stack, value) = _exports.Find(export, where);
        return In(stack.Name).Evaluate(value, $"Export '{export}' of stack '{stack.Name}', which {where} imports");
    }

    /// <summary>The stack that exports <paramref name="name"/>, and the value as written there.</summary>
    public (Stack Stack, JsonNode? Value) Export(string name, string where) => _exports.Find(name, where);

    private Created Get(Stack stack, string logicalId, string where) =>
        _created.TryGetValue(new ResourceId(stack.Name, logicalId), out var created)
            ? created
            : throw new TemplateException(stack.Resources.TryGetValue(logicalId, out var resource)
                ? $"{where}: '{logicalId}' ({resource.Type}) is not created, because its condition '{resource.Condition}' is false. "
                    + "Give the reference the same condition."
                : $"{where}: '{logicalId}' is neither a resource nor a parameter of stack '{stack.Name}'. Correct the name.");
}
