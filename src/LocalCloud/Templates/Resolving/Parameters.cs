using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalCloud.Templates.Reading;

namespace LocalCloud.Templates.Resolving;

/// <summary>A template's parameters: what the deployment gives, else their defaults. Nobody is there to be asked.</summary>
internal sealed class Parameters(Stack stack, IReadOnlyDictionary<string, string> given)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <exception cref="TemplateException">It has no value, or one that it does not allow.</exception>
    public JsonNode Value(string name, string where)
    {
        if (stack.Parameters[name] is not JsonObject parameter)
            throw new TemplateException($"{where}: parameter '{name}' is not an object with a \"Type\".");
        var type = parameter["Type"] is { } node ? Text.Of(node) : "String";
        var text = Given(name) ?? Default(parameter, name, type, where);
        if (!type.StartsWith("AWS::SSM::", StringComparison.Ordinal))
            Check(parameter, name, type, text, where);
        return type.Contains("List<", StringComparison.Ordinal) || type == "CommaDelimitedList"
            ? new JsonArray([.. text.Split(',').Select(item => (JsonNode)JsonValue.Create(item.Trim()))])
            : JsonValue.Create(text);
    }

    private string? Given(string name) => given.GetValueOrDefault($"{stack.Name}.{name}") ?? given.GetValueOrDefault(name);

    private static string Default(JsonObject parameter, string name, string type, string where)
    {
        if (type.StartsWith("AWS::SSM::", StringComparison.Ordinal))
            throw new TemplateException($"{where}: parameter '{name}' is read from the SSM parameter store, which does not exist here. Give its value with the deployment's Parameters. {Evaluator.Advice}");
        return parameter["Default"] is JsonValue value
            ? Text.Of(value)
            : throw new TemplateException($"{where}: parameter '{name}' has no default. Give it one in the template, or a value with the deployment's Parameters. {Evaluator.Advice}");
    }

    private static void Check(JsonObject parameter, string name, string type, string text, string where)
    {
        if (parameter["AllowedValues"] is JsonArray allowed && !allowed.OfType<JsonNode>().Select(Text.Of).Contains(text))
            throw Refused($"is none of its AllowedValues: {string.Join(", ", allowed.OfType<JsonNode>().Select(Text.Of))}");
        if (parameter["AllowedPattern"] is { } pattern && !Matches(text, Text.Of(pattern)))
            throw Refused($"does not match its AllowedPattern {Text.Of(pattern)}");
        if (Number("MinLength") > text.Length || Number("MaxLength") < text.Length)
            throw Refused("is shorter than its MinLength or longer than its MaxLength");
        if (type == "Number" && !(Parse(text) is { } number && !(Number("MinValue") > number) && !(Number("MaxValue") < number)))
            throw Refused("is no number from its MinValue to its MaxValue");

        double? Number(string limit) => parameter[limit] is { } node ? Parse(Text.Of(node)) : null;

        bool Matches(string value, string expression)
        {
            try
            {
                return Regex.IsMatch(value, $@"\A(?:{expression})\z", RegexOptions.CultureInvariant, Patience);
            }
            catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
            {
                throw Refused($"cannot be compared with its AllowedPattern {expression}");
            }
        }

        TemplateException Refused(string reason) => new($"{where}: the value '{text}' of parameter '{name}' {reason}. Choose another.");
    }

    private static double? Parse(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
