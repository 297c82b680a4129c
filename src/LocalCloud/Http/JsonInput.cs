using System.Text.Json;

namespace LocalCloud.Http;

/// <summary>Reads the members of an AWS JSON request; one of the wrong type or size is the client's error, in the words of AWS.</summary>
internal readonly struct JsonInput(JsonElement element)
{
    /// <summary>Entries of a list or map, unless an operation allows fewer.</summary>
    private const int MostEntries = 10_000;

    public static ServiceException Malformed(string message) => new("SerializationException", message);

    public bool Has(string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A string of that many characters, or null.</summary>
    public string? Text(string name, int least = 0, int most = int.MaxValue)
    {
        if (Find(name, JsonValueKind.String, "String")?.GetString() is not { } text)
        {
            return null;
        }

        Length(name, text, text.Length, least, most);
        return text;
    }

    public string Required(string name, int least = 1, int most = int.MaxValue) => Text(name, least, most) ?? throw Missing(name);

    /// <summary>One of the values, or null.</summary>
    public string? OneOf(string name, params ReadOnlySpan<string> values) => Text(name) is not { } text ? null
        : values.Contains(text) ? text : throw Invalid(name, text, $"Member must satisfy enum value set: [{string.Join(", ", values!)}]");

    public int? Number(string name, int least, int most)
    {
        if (Find(name, JsonValueKind.Number, "Integer") is not { } value)
        {
            return null;
        }

        var number = value.TryGetInt32(out var integer) ? integer : throw Malformed($"{name} is no 32-bit integer.");
        return number < least ? throw Invalid(name, $"{number}", $"Member must have value greater than or equal to {least}")
            : number > most ? throw Invalid(name, $"{number}", $"Member must have value less than or equal to {most}")
            : number;
    }

    /// <summary>Seconds since 1970, with a fraction.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Find(name, JsonValueKind.Number, "Timestamp") is not { } value)
        {
            return null;
        }

        const double endOfYear9999 = 253_402_300_799;
        return value.TryGetDouble(out var seconds) && seconds is >= 0 and <= endOfYear9999
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : throw Malformed($"{name} is no time.");
    }

    public bool Flag(string name)
    {
        if (!Has(name))
        {
            return false;
        }

        var value = element.GetProperty(name);
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Malformed($"{name} can not be converted to Boolean.");
    }

    /// <summary>Base64, of that many bytes.</summary>
    public byte[]? Blob(string name, int least, int most)
    {
        if (Find(name, JsonValueKind.String, "Blob") is not { } value)
        {
            return null;
        }

        var bytes = value.TryGetBytesFromBase64(out var decoded) ? decoded : throw Malformed($"{name} is no base64.");
        // AWS shows no content of a blob either.
        Length(name, "java.nio.HeapByteBuffer", bytes.Length, least, most);
        return bytes;
    }

    public byte[] RequiredBlob(string name, int least, int most) => Blob(name, least, most) ?? throw Missing(name);

    public IReadOnlyList<string> Texts(string name) =>
        [.. Items(name).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Malformed($"{name} is no list of strings."))];

    public IReadOnlyDictionary<string, string> Map(string name)
    {
        Dictionary<string, string> map = new(StringComparer.Ordinal);
        foreach (var member in Find(name, JsonValueKind.Object, "Map")?.EnumerateObject().Take(MostEntries) ?? [])
        {
            map[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : throw Malformed($"{name} is no map of strings.");
        }

        return map;
    }

    public JsonInput? Structure(string name) => Find(name, JsonValueKind.Object, "Structure") is { } value ? new JsonInput(value) : null;

    public IReadOnlyList<JsonInput> Structures(string name) =>
        [.. Items(name).Select(item => item.ValueKind == JsonValueKind.Object ? new JsonInput(item) : throw Malformed($"{name} is no list of structures."))];

    public static ServiceException Missing(string name) => new(
        "ValidationException", $"1 validation error detected: Value null at '{Camel(name)}' failed to satisfy constraint: Member must not be null");

    public static ServiceException Invalid(string name, string value, string constraint) => new(
        "ValidationException", $"1 validation error detected: Value '{Excerpt.Of(value)}' at '{Camel(name)}' failed to satisfy constraint: {constraint}");

    private static void Length(string name, string value, int length, int least, int most)
    {
        if (length < least)
        {
            throw Invalid(name, value, $"Member must have length greater than or equal to {least}");
        }

        if (length > most)
        {
            throw Invalid(name, value, $"Member must have length less than or equal to {most}");
        }
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private JsonElement.ArrayEnumerator Items(string name) => Find(name, JsonValueKind.Array, "List") is not { } list ? default
        : list.GetArrayLength() <= MostEntries ? list.EnumerateArray() : throw Malformed($"{name} has more than {MostEntries} entries.");

    private JsonElement? Find(string name, JsonValueKind kind, string type) => !Has(name) ? null
        : element.GetProperty(name) is var value && value.ValueKind == kind ? value : throw Malformed($"{name} can not be converted to {type}.");
}
