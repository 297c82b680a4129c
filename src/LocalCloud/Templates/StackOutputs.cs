using System.Text.Json.Nodes;
using LocalCloud.Lambda;
using LocalCloud.Templates.Reading;
using LocalCloud.Templates.Resolving;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Templates;

/// <summary>The values of all stacks' outputs. Nothing here depends on an output, so one that cannot be resolved is no error: an import of it is.</summary>
internal static class StackOutputs
{
    public static Dictionary<string, string> Of(IEnumerable<Stack> stacks, References references, ILogger logger)
    {
        var outputs = new Dictionary<string, string>();
        foreach (var stack in stacks)
        {
            foreach (var (name, output) in stack.Outputs)
            {
                var where = $"Output '{name}' of stack '{stack.Name}'";
                try
                {
                    if ((output as JsonObject)?["Condition"] is { } condition && !references.In(stack.Name).Conditions.IsTrue(Text.Of(condition), where))
                        continue;
                    var value = references.In(stack.Name).Evaluate((output as JsonObject)?["Value"], where) is { } node ? Text.Of(node) : "";
                    outputs[$"{stack.Name}.{name}"] = value;
                    outputs.TryAdd(name, value);
                }
                catch (TemplateException e)
                {
                    LambdaLog.OutputLeftOut(logger, name, stack.Name, e.Message);
                }
            }
        }
        return outputs;
    }
}
