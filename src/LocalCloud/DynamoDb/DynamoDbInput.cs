using System.Text.Json;
using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb;

/// <summary>Reads the members of a request; one of the wrong type or size is the client's error, in the words of AWS.</summary>
internal readonly struct DynamoDbInput(JsonElement element)
{
    /// <summary>Entries of any list or map of a request that holds no items.</summary>
    private const int MostEntries = 10_000;

    public JsonElement Json => element;

    public bool Has(string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public string? Text(string name) => Find(name, JsonValueKind.String, "String")?.GetString();

    public string Required(string name) => Text(name) ?? throw DynamoDbError.Missing(name);

    /// <summary>One of the values, or null.</summary>
    public string? OneOf(string name, params ReadOnlySpan<string> values) => Text(name) is not { } text ? null
        : values.Contains(text) ? text
        : throw DynamoDbError.Constraint(name, text, $"Member must satisfy enum value set: [{string.Join(", ", values!)}]");

    public long? Number(string name, long least, long most)
    {
        if (Find(name, JsonValueKind.Number, "Integer") is not { } value)
        {
            return null;
        }

        var number = value.TryGetInt64(out var integer) ? integer : throw DynamoDbError.Malformed($"{name} is no integer.");
        return number < least ? throw DynamoDbError.Constraint(name, $"{number}", $"Member must have value greater than or equal to {least}")
            : number > most ? throw DynamoDbError.Constraint(name, $"{number}", $"Member must have value less than or equal to {most}")
            : number;
    }

    public bool? Flag(string name) => !Has(name) ? null
        : element.GetProperty(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean()
        : throw DynamoDbError.Malformed($"{name} can not be converted to Boolean.");

    public IReadOnlyList<string> Texts(string name) =>
        [.. Items(name).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw DynamoDbError.Malformed($"{name} is no list of strings."))];

    public DynamoDbInput? Structure(string name) => Find(name, JsonValueKind.Object, "Structure") is { } value ? new DynamoDbInput(value) : null;

    /// <summary>Null when the member is absent.</summary>
    public IReadOnlyList<DynamoDbInput>? Structures(string name) => !Has(name) ? null
        : [.. Items(name).Select(item => item.ValueKind == JsonValueKind.Object ? new DynamoDbInput(item) : throw DynamoDbError.Malformed($"{name} is no list of structures."))];

    /// <summary>The members of a map by name.</summary>
    public IReadOnlyList<(string Name, JsonElement Value)> Map(string name) => Find(name, JsonValueKind.Object, "Map") is not { } map ? []
        : [.. map.EnumerateObject().Take(MostEntries).Select(member => (member.Name, member.Value))];

    public IReadOnlyDictionary<string, string>? TextMap(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in Map(name))
        {
            map[key] = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw DynamoDbError.Malformed($"{name} is no map of strings.");
        }

        return map;
    }

    /// <summary>An item, a key or the values of expressions; null when the member is absent.</summary>
    public MapValue? Values(string name) => Has(name) ? ValueReader.ReadMap(element.GetProperty(name)) : null;

    public MapValue RequiredValues(string name) => Values(name) ?? throw DynamoDbError.Missing(name);

    private JsonElement.ArrayEnumerator Items(string name) => Find(name, JsonValueKind.Array, "List") is not { } list ? default
        : list.GetArrayLength() <= MostEntries ? list.EnumerateArray()
        : throw DynamoDbError.Validation($"{name} has more than {MostEntries} entries.");

    private JsonElement? Find(string name, JsonValueKind kind, string type) => !Has(name) ? null
        : element.GetProperty(name) is var value && value.ValueKind == kind ? value
        : throw DynamoDbError.Malformed($"{name} can not be converted to {type}.");
}
