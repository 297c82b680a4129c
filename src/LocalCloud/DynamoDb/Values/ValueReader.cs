using System.Text.Json;

namespace LocalCloud.DynamoDb.Values;

/// <summary>Reads attribute values from JSON, with the checks of AWS.</summary>
internal static class ValueReader
{
    private const int DeepestNesting = 32;

    /// <exception cref="Http.ServiceException">No value of exactly one type, or a wrong one.</exception>
    public static Value Read(JsonElement json) => Read(json, 0);

    /// <summary>An item, a key, or the values of an expression.</summary>
    public static MapValue ReadMap(JsonElement json) => ReadMap(json, 0);

    private static Value Read(JsonElement json, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw DynamoDbError.Validation("Nesting Levels have exceeded supported limits: Attributes can be nested up to 32 levels deep");
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw DynamoDbError.Malformed("An attribute value must be an object with one type, such as {\"S\":\"text\"}.");
        }

        Value? value = null;
        foreach (var member in json.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null || TypeOf(member, depth) is not { } found)
            {
                continue;
            }

            value = value is null ? found : throw DynamoDbError.Validation(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
        }

        return value ?? throw DynamoDbError.Validation("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }

    // Types that AWS does not know are no types.
    private static Value? TypeOf(JsonProperty member, int depth) => member.Name switch
    {
        "S" => Text(member.Value),
        "N" => Numeric(member.Value),
        "B" => Binary(member.Value),
        "BOOL" => member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? new BooleanValue(member.Value.GetBoolean()) : throw WrongType("Boolean"),
        "NULL" => member.Value.ValueKind == JsonValueKind.True ? NullValue.Only
            : throw DynamoDbError.InvalidValue("Null attribute value types must have the value of true"),
        "M" => ReadMap(member.Value, depth + 1),
        "L" => new ListValue([.. Items(member.Value).Select(item => Read(item, depth + 1))]),
        "SS" => Set("SS", "An string set  may not be empty", member.Value, Text),
        "NS" => Set("NS", "An number set  may not be empty", member.Value, Numeric),
        "BS" => Set("BS", "Binary sets should not be empty", member.Value, Binary),
        _ => null,
    };

    private static MapValue ReadMap(JsonElement json, int depth)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw WrongType("Map");
        }

        var members = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            members[member.Name] = Read(member.Value, depth);
        }

        return new MapValue(members);
    }

    private static Value Text(JsonElement json) => new StringValue(json.ValueKind == JsonValueKind.String ? json.GetString()! : throw WrongType("String"));

    private static Value Numeric(JsonElement json) => new NumberValue(Number.Parse(json.ValueKind == JsonValueKind.String ? json.GetString()! : throw WrongType("String")));

    private static Value Binary(JsonElement json) =>
        new BinaryValue(json.ValueKind == JsonValueKind.String && json.TryGetBytesFromBase64(out var bytes) ? bytes : throw WrongType("Blob"));

    private static SetValue Set(string type, string empty, JsonElement json, Func<JsonElement, Value> read)
    {
        List<Value> members = [.. Items(json).Select(read)];
        return members.Count == 0 ? throw DynamoDbError.InvalidValue(empty)
            : members.Distinct().Count() == members.Count ? new SetValue(type, members)
            : throw DynamoDbError.InvalidValue(
                $"Input collection {Http.Excerpt.Of($"[{string.Join(", ", members.Select(member => member.ToString()[(member.Type.Length + 2)..^1]))}]")} contains duplicates.");
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement json) => json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : throw WrongType("List");

    private static Http.ServiceException WrongType(string expected) => DynamoDbError.Malformed($"An attribute value can not be converted to {expected}.");
}
