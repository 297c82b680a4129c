using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
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
    private readonly Parameters _parameters;

    public Evaluator(Stack stack, References references, IReadOnlyDictionary<string, string> parameters)
    {
        (_stack, _references) = (stack, references);
        _parameters = new Parameters(stack, parameters);
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
        Bounds.Deeper(where);
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
        ("Ref", JsonValue name) => Ref(Text.Of(name), where),
        ("Fn::GetAtt", _) when Intrinsic.GetAtt(argument) is var (id, attribute) => _references.GetAtt(_stack, id, attribute, where),
        ("Fn::Sub", JsonValue text) => Sub(Text.Of(text), [], where),
        ("Fn::Sub", JsonArray { Count: 2 } pair) when pair[1] is JsonObject names => Sub(String(pair[0], where), names, where),
        ("Fn::Join", JsonArray { Count: 2 } pair) => Join(String(pair[0], where), List(pair[1], where), where),
        ("Fn::Select", JsonArray { Count: 2 } pair) => Select(String(pair[0], where), List(pair[1], where), where),
        ("Fn::Split", JsonArray { Count: 2 } pair) => Split(String(pair[0], where), String(pair[1], where)),
        ("Fn::If", JsonArray { Count: 3 } choice) when choice[0] is JsonValue name => Value(Conditions.IsTrue(Text.Of(name), where) ? choice[1] : choice[2], where),
        ("Fn::ImportValue", not null) => _references.Import(String(argument, where), where),
        ("Fn::FindInMap", JsonArray { Count: 3 } keys) => FindInMap(String(keys[0], where), String(keys[1], where), String(keys[2], where), where),
        ("Fn::FindInMap", JsonArray { Count: 4 } keys) when keys[3] is JsonObject options && options.TryGetPropertyValue("DefaultValue", out var otherwise) =>
            Find(String(keys[0], where), String(keys[1], where), String(keys[2], where)) ?? Value(otherwise, where),
        ("Fn::Base64", not null) => Bounds.Checked(Convert.ToBase64String(Encoding.UTF8.GetBytes(String(argument, where))), where),
        ("Fn::ToJsonString", JsonObject or JsonArray) => Bounds.Checked(Json(Value(argument, where)), where),
        ("Fn::Length", not null) => List(argument, where).Count,
        ("Fn::Cidr", JsonArray { Count: 2 or 3 } block) => Cidr.Split(String(block[0], where), String(block[1], where), block.Count == 3 ? String(block[2], where) : "8")
            ?? throw new TemplateException($"{where}: Fn::Cidr finds no such subnets in {block.ToJsonString()}. Ask for 1 to 256 that fit into the block."),
        ("Fn::GetAZs", _) => new JsonArray([.. "abc".Select(zone => (JsonNode)JsonValue.Create($"{_references.Names.Region}{zone}"))]),
        ("Fn::Transform" or "Fn::ForEach", _) => throw new TemplateException($"{where}: '{function}' needs CloudFormation's macros, which do not run here. Synthesize templates without them."),
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
        _ when _stack.Parameters.ContainsKey(name) => _parameters.Value(name, where),
        _ => JsonValue.Create(_references.Ref(_stack, name, where)),
    };

    private JsonValue Sub(string text, JsonObject names, string where)
    {
        var result = new StringBuilder();
        foreach (var (isName, piece) in SubText.Pieces(text))
        {
            result.Append(isName ? Named(piece) : piece);
            if (result.Length > MuchText)
                Bounds.Checked(result.ToString(), where);
        }
        return JsonValue.Create(Bounds.Checked(result.ToString(), where));

        string Named(string name)
        {
            if (names.TryGetPropertyValue(name, out var given))
                return String(given, where);
            var value = name.Split('.', 2) is [var id, var attribute] ? _references.GetAtt(_stack, id, attribute, where) : Ref(name, where);
            return value is null || ReferenceEquals(value, NoValue) ? "" : Text.Of(value);
        }
    }

    private const int MuchText = 2 * 1024 * 1024;

    private static string Join(string separator, JsonArray items, string where)
    {
        var texts = items.Select(item => item is null ? "" : Text.Of(item)).ToArray();
        if (texts.Sum(text => (long)text.Length + separator.Length) > MuchText)
            Bounds.Checked(new string('x', MuchText), where);
        return Bounds.Checked(string.Join(separator, texts), where);
    }

    private static string Json(JsonNode? node) => node is null ? "null" : node.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static JsonNode? Select(string index, JsonArray list, string where)
    {
        if (!int.TryParse(index, out var position) || position < 0 || position >= list.Count)
            throw new TemplateException($"{where}: Fn::Select asks for item {index} of a list of {list.Count}. Choose one from 0 to {list.Count - 1}.");
        return list[position]?.DeepClone();
    }

    private static JsonArray Split(string separator, string text) =>
        new([.. (separator.Length == 0 ? [text] : text.Split(separator)).Select(part => (JsonNode)JsonValue.Create(part))]);

    private JsonNode FindInMap(string map, string first, string second, string where) =>
        Find(map, first, second)
            ?? throw new TemplateException($"{where}: the mapping '{map}' has no entry '{first}' / '{second}'. Add it to the template's Mappings.");

    private JsonNode? Find(string map, string first, string second) =>
        ((_stack.Mappings[map] as JsonObject)?[first] as JsonObject)?[second]?.DeepClone();

    private string String(JsonNode? node, string where) => Evaluate(node, where) is { } value
        ? Text.Of(value)
        : throw new TemplateException($"{where}: {node?.ToJsonString() ?? "null"} has no value where a text is needed. {Advice}");

    private JsonArray List(JsonNode? node, string where) => Evaluate(node, where) as JsonArray
        ?? throw new TemplateException($"{where}: {node?.ToJsonString() ?? "null"} is not a list. {Advice}");
}
