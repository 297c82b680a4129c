using System.Text.Json.Nodes;
using LocalCloud.Templates.Reading;

namespace LocalCloud.Templates.Resolving;

/// <summary>A template's parameters have their defaults here: nobody is there to be asked.</summary>
internal static class Parameters
{
    public static JsonNode Value(Stack stack, string name, string where)
    {
        var parameter = stack.Parameters[name]!;
        var type = parameter["Type"]?.GetValue<string>() ?? "String";
        if (type.StartsWith("AWS::SSM::", StringComparison.Ordinal))
            throw new TemplateException($"{where}: parameter '{name}' is read from the SSM parameter store, which does not exist here. {Evaluator.Advice}");
        if (parameter["Default"] is not JsonValue value)
            throw new TemplateException($"{where}: parameter '{name}' has no default. Give it one in the template. {Evaluator.Advice}");
        var text = Text.Of(value);
        return type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal)
            ? new JsonArray([.. text.Split(',').Select(item => (JsonNode)JsonValue.Create(item.Trim()))])
            : JsonValue.Create(text);
    }
}
