using System.Text.Json.Nodes;
using LocalCloud.Templates.Reading;

namespace LocalCloud.Templates.Resources;

/// <summary>Puts the caller's environment variables in the place of the template's, before anything in the template is resolved.</summary>
internal static class Overrides
{
    public static void Apply(IEnumerable<Stack> stacks, IReadOnlyDictionary<string, string> environment)
    {
        foreach (var function in stacks.SelectMany(stack => stack.Resources.Values).Where(resource => resource.Type == "AWS::Lambda::Function"))
        {
            if ((function.Properties["Environment"] as JsonObject)?["Variables"] is not JsonObject variables)
                continue;
            foreach (var (name, value) in environment)
            {
                if (variables.ContainsKey(name))
                    variables[name] = value;
            }
        }
    }
}
