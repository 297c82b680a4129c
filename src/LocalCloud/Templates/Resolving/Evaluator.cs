using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Templates.Reading;

namespace LocalCloud.Templates.Resolving;

/// <summary>Replaces the intrinsic functions of one stack's template by their values.</summary>
internal sealed class Evaluator
{
    /// <summary>What <c>Ref: AWS::NoValue</c> answers; the member or item that has it is left out.</summary>
    private static readonly JsonValue NoValue = JsonValue.Create("AWS::NoValue");

    private readonly Stack _stack;
    private readonly References _references;

    public Evaluator(Stack stack, References references)
    {
        (_stack, _references) = (stack, references);
        Conditions = new Conditions(stack, this);
    }

    public Conditions Conditions { get; }

    /// <summary>The value of <paramref name="node"/>; <paramref name="where"/> opens the sentence of an error.</summary>
    public JsonNode? Evaluate(JsonNode? node, string where)
    {
        var value = Value(node, where);
        return ReferenceEquals(value, NoValue) ? null : value;
    }

    private JsonNode? Value(JsonNode? node, string where)
    {
        if (Intrinsic.Is(node, out var function, out var argument))
            return Call(function, argument, where);
        switch (node)
        {
            case JsonObject members:
                var result = new JsonObject();
                foreach (var (name, member) in members)
                {
                    if (Value(member, where) is var value && !ReferenceEquals(value, NoValue))
                        result[name] = value;
                }
                return result;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Value(item, where)).Where(item => !ReferenceEquals(item, NoValue))]);
            default:
                return node?.DeepClone();
        }
    }

    private JsonNode? Call(string function, JsonNode? argument, string where) => (function, argument) switch
    {
        ("Ref", JsonValue name) => Ref(name.GetValue<string>(), where),
        ("Fn::GetAtt", _) when Intrinsic.GetAtt(argument) is var (id, attribute) => _references.GetAtt(_stack, id, attribute, where),
        ("Fn::Sub", JsonValue text) => Sub(text.GetValue<string>(), [], where),
        ("Fn::Sub", JsonArray { Count: 2 } pair) when pair[1] is JsonObject names => Sub(String(pair[0], where), names, where),
        ("Fn::Join", JsonArray { Count: 2 } pair) => string.Join(String(pair[0], where), List(pair[1], where).Select(item => Text.Of(item!))),
        ("Fn::Select", JsonArray { Count: 2 } pair) => Select(String(pair[0], where), List(pair[1], where), where),
        ("Fn::Split", JsonArray { Count: 2 } pair) => Split(String(pair[0], where), String(pair[1], where)),
        ("Fn::If", JsonArray { Count: 3 } choice) => Value(Conditions.IsTrue(choice[0]!.GetValue<string>(), where) ? choice[1] : choice[2], where),
        ("Fn::ImportValue", not null) => _references.Import(String(argument, where), where),
        ("Fn::FindInMap", JsonArray { Count: 3 } keys) => FindInMap(String(keys[0], where), String(keys[1], where), String(keys[2], where), where),
        ("Fn::Base64", not null) => Convert.ToBase64String(Encoding.UTF8.GetBytes(String(argument, where))),
        ("Fn::ToJsonString", not null) => Value(argument, where)!.ToJsonString(),
        ("Fn::GetAZs", _) => new JsonArray([.. "abc".Select(zone => (JsonNode)JsonValue.Create($"{_references.Names.Region}{zone}"))]),
        _ => throw new TemplateException($"{where}: '{function}' with the argument {argument?.ToJsonString() ?? "null"} cannot be resolved here. {Advice}"),
    };

    internal const string Advice = "If only an environment variable needs it, override that variable.";

    private JsonNode? Ref(string name, string where) => name switch
    {
        "AWS::NoValue" => NoValue,
        "AWS::StackName" => JsonValue.Create(_stack.Name),
        "AWS::StackId" => JsonValue.Create(_references.Names.StackId(_stack.Name)),
        "AWS::Region" => JsonValue.Create(_references.Names.Region),
        "AWS::AccountId" => JsonValue.Create(_references.Names.AccountId),
        "AWS::Partition" => JsonValue.Create(CloudNames.Partition),
        "AWS::URLSuffix" => JsonValue.Create(CloudNames.UrlSuffix),
        "AWS::NotificationARNs" => new JsonArray(),
        _ when _stack.Parameters.ContainsKey(name) => Parameters.Value(_stack, name, where),
        _ => JsonValue.Create(_references.Ref(_stack, name, where)),
    };

    private JsonValue Sub(string text, JsonObject names, string where)
    {
        var result = new StringBuilder();
        foreach (var (isName, piece) in SubText.Pieces(text))
            result.Append(isName ? Named(piece) : piece);
        return JsonValue.Create(result.ToString());

        string Named(string name)
        {
            if (names.TryGetPropertyValue(name, out var given))
                return String(given, where);
            var value = name.Split('.', 2) is [var id, var attribute] ? _references.GetAtt(_stack, id, attribute, where) : Ref(name, where);
            return value is null || ReferenceEquals(value, NoValue) ? "" : Text.Of(value);
        }
    }

    private static JsonNode? Select(string index, JsonArray list, string where)
    {
        if (!int.TryParse(index, out var position) || position < 0 || position >= list.Count)
            throw new TemplateException($"{where}: Fn::Select asks for item {index} of a list of {list.Count}. Choose one from 0 to {list.Count - 1}.");
        return list[position]?.DeepClone();
    }

    private static JsonArray Split(string separator, string text) =>
        new([.. (separator.Length == 0 ? [text] : text.Split(separator)).Select(part => (JsonNode)JsonValue.Create(part))]);

    private JsonNode FindInMap(string map, string first, string second, string where) =>
        _stack.Mappings[map]?[first]?[second]?.DeepClone()
            ?? throw new TemplateException($"{where}: the mapping '{map}' has no entry '{first}' / '{second}'. Add it to the template's Mappings.");

    private string String(JsonNode? node, string where) => Evaluate(node, where) is { } value
        ? Text.Of(value)
        : throw new TemplateException($"{where}: {node?.ToJsonString() ?? "null"} has no value where a text is needed. {Advice}");

    private JsonArray List(JsonNode? node, string where) => Evaluate(node, where) as JsonArray
        ?? throw new TemplateException($"{where}: {node?.ToJsonString() ?? "null"} is not a list. {Advice}");
}
