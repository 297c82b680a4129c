using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace LocalCloud.Sqs;

/// <summary>Reads the members of a JSON request; a member of the wrong type is the client's error.</summary>
internal readonly struct SqsInput(JsonElement element)
{
    public string? String(string name) => Find(name, JsonValueKind.String, "String")?.GetString();

    public string Required(string name) => String(name) is { Length: > 0 } value ? value : throw SqsError.Missing(name);

    public int? Int(string name)
    {
        if (Find(name, JsonValueKind.Number, "Integer") is not { } value)
        {
            return null;
        }

        return value.TryGetInt32(out var number) ? number : throw SqsError.Malformed($"{name} is no 32-bit integer.");
    }

    /// <summary>A string as UTF-8, without a detour where nothing is escaped.</summary>
    public byte[]? Utf8(string name)
    {
        if (Find(name, JsonValueKind.String, "String") is not { } value)
        {
            return null;
        }

        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        return raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(value.GetString()!) : raw.ToArray();
    }

    public byte[]? Binary(string name)
    {
        if (Find(name, JsonValueKind.String, "Blob") is not { } value)
        {
            return null;
        }

        return value.TryGetBytesFromBase64(out var bytes) ? bytes : throw SqsError.Malformed($"{name} is no base64.");
    }

    public IReadOnlyList<string> Strings(string name)
    {
        if (Find(name, JsonValueKind.Array, "List") is not { } list)
        {
            return [];
        }

        List<string> strings = new(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            strings.Add(item.ValueKind == JsonValueKind.String ? item.GetString()! : throw SqsError.Malformed($"{name} is no list of strings."));
        }

        return strings;
    }

    public IReadOnlyDictionary<string, string> Map(string name)
    {
        Dictionary<string, string> map = new(StringComparer.Ordinal);
        foreach (var member in Find(name, JsonValueKind.Object, "Map")?.EnumerateObject() ?? default)
        {
            map[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : throw SqsError.Malformed($"{name} is no map of strings.");
        }

        return map;
    }

    public IEnumerable<SqsInput> Structures(string name) =>
        Find(name, JsonValueKind.Array, "List") is not { } list ? [] : list.EnumerateArray().Select(
            item => item.ValueKind == JsonValueKind.Object ? new SqsInput(item) : throw SqsError.Malformed($"{name} is no list of structures."));

    public IEnumerable<(string Name, SqsInput Value)> StructureMap(string name) =>
        Find(name, JsonValueKind.Object, "Map") is not { } map ? [] : map.EnumerateObject().Select(member => (
            member.Name, member.Value.ValueKind == JsonValueKind.Object ? new SqsInput(member.Value) : throw SqsError.Malformed($"{name} is no map of structures.")));

    private JsonElement? Find(string name, JsonValueKind kind, string type)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == kind ? value : throw SqsError.Malformed($"{name} can not be converted to {type}.");
    }
}
