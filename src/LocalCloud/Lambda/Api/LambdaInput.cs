using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using LocalCloud.Http;

namespace LocalCloud.Lambda.Api;

/// <summary>Reads the members of a request; a member of the wrong type is the client's error.</summary>
internal readonly struct LambdaInput(JsonElement element)
{
    /// <exception cref="ServiceException">The body is no JSON object.</exception>
    public static LambdaInput Parse(byte[] body)
    {
        try
        {
            if (!Utf8.IsValid(body))
                throw new ServiceException("SerializationException", "Could not parse request body into json: it is no UTF-8");
            using var document = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new LambdaInput(document.RootElement.Clone())
                : throw LambdaError.InvalidContent("Could not parse request body into json: it is no object");
        }
        catch (JsonException e)
        {
            throw new ServiceException("SerializationException", string.Create(CultureInfo.InvariantCulture, $"Could not parse request body into json: error at byte {e.BytePositionInLine ?? 0}"));
        }
    }

    public bool Has(string name) => Find(name) is not null;

    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw LambdaError.WrongType(name, "String");

    public string Required(string name) => Text(name) ?? throw LambdaError.Missing(name);

    public bool? Flag(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw LambdaError.WrongType(name, "Boolean");

    /// <summary>A number between two bounds.</summary>
    public int? Number(string name, int least, int most)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number))
            throw LambdaError.WrongType(name, "Integer");
        return number < least ? throw LambdaError.Constraint(name, value.GetRawText(), $"Member must have value greater than or equal to {least}")
            : number > most ? throw LambdaError.Constraint(name, value.GetRawText(), $"Member must have value less than or equal to {most}")
            : number;
    }

    public byte[]? Bytes(string name)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes) ? bytes : throw LambdaError.WrongType(name, "Blob");
    }

    public LambdaInput? Structure(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new LambdaInput(value) : throw LambdaError.WrongType(name, "Structure");

    public IReadOnlyList<LambdaInput>? Structures(string name) => List(name)?.ConvertAll(item =>
        item.ValueKind == JsonValueKind.Object ? new LambdaInput(item) : throw LambdaError.WrongType(name, "List"));

    public IReadOnlyList<string>? Texts(string name) => List(name)?.ConvertAll(item =>
        item.ValueKind == JsonValueKind.String ? item.GetString()! : throw LambdaError.WrongType(name, "List"));

    public IReadOnlyDictionary<string, string>? Map(string name)
    {
        if (Structure(name) is not { } map)
            return null;
        var values = new Dictionary<string, string>();
        foreach (var member in map.Members)
            values[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : throw LambdaError.WrongType(name, "Map");
        return values;
    }

    private IEnumerable<JsonProperty> Members => element.EnumerateObject();

    private List<JsonElement>? List(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw LambdaError.WrongType(name, "List");

    private JsonElement? Find(string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
