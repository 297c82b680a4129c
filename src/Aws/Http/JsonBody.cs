using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aws.Http;

/// <summary>Reads one member of an object into the target, the reader being on the member's name; false when the name is not known.</summary>
internal delegate bool MemberReader<in T>(ref Utf8JsonReader json, T target);

/// <summary>JSON requests and answers, without models of their own.</summary>
internal static class JsonBody
{
    // The bodies are never part of a page, so only what JSON itself asks for is escaped.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // From here on a text pays for a buffer of its own.
    private const int LongText = 128;
    private static readonly PooledBuffer _nowhere = new(0);

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The thread's writer, until the result is disposed.</summary>
    public static Written Writer(PooledBuffer body, out Utf8JsonWriter json)
    {
        json = _writer ??= new(_nowhere, _options);
        json.Reset(body);
        return new(json);
    }

    public static void WriteText(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            return;
        if (value.Length < LongText)
        {
            json.WriteString(name, value);
            return;
        }

        json.WritePropertyName(name);
        JsonText.Write(json, value);
    }

    public static void WriteNumber(this Utf8JsonWriter json, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    public static void WriteTexts(this Utf8JsonWriter json, ReadOnlySpan<byte> name, List<string>? values)
    {
        if (values is null or { Count: 0 })
            return;
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public static T Read<T>(byte[] bytes, int length, T target, MemberReader<T> member)
    {
        var json = new Utf8JsonReader(bytes.AsSpan(0, length));
        json.Read();
        ReadObject(ref json, target, member);
        return target;
    }

    public static string? ReadText(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetString();
    }

    public static List<T>? ReadList<T>(ref Utf8JsonReader json, MemberReader<T> member)
        where T : new()
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return null;
        Expect(ref json, JsonTokenType.StartArray);
        List<T>? list = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            (list ??= []).Add(ReadObject(ref json, new T(), member));
        return list;
    }

    public static Dictionary<string, string>? ReadTexts(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return null;
        Expect(ref json, JsonTokenType.StartObject);
        Dictionary<string, string>? map = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = json.GetString()!;
            (map ??= [])[name] = ReadText(ref json) ?? "";
        }

        return map;
    }

    public static Dictionary<string, T>? ReadMap<T>(ref Utf8JsonReader json, MemberReader<T> member)
        where T : new()
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return null;
        Expect(ref json, JsonTokenType.StartObject);
        Dictionary<string, T>? map = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = json.GetString()!;
            json.Read();
            (map ??= [])[name] = ReadObject(ref json, new T(), member);
        }

        return map;
    }

    /// <summary>The error of the JSON protocols: <c>__type</c>, or <c>code</c>, and <c>message</c> in either case.</summary>
    public static ServiceError ReadError(byte[] bytes, int length)
    {
        var error = Read(bytes, length, new ErrorParts(), static (ref Utf8JsonReader json, ErrorParts parts) =>
        {
            if (json.ValueTextEquals("__type"u8) || json.ValueTextEquals("code"u8))
                parts.Type = ReadText(ref json);
            else if (json.ValueTextEquals("message"u8) || json.ValueTextEquals("Message"u8))
                parts.Message = ReadText(ref json);
            else
                return false;
            return true;
        });
        return new(error.Type, error.Message);
    }

    private static T ReadObject<T>(ref Utf8JsonReader json, T target, MemberReader<T> member)
    {
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (member(ref json, target))
                continue;
            json.Read();
            json.Skip();
        }

        return target;
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType token)
    {
        if (json.TokenType != token)
            throw new JsonException($"Expected {token}, found {json.TokenType}.");
    }

    /// <summary>Ends what is written.</summary>
    public readonly ref struct Written(Utf8JsonWriter json)
    {
        public void Dispose()
        {
            json.Flush();
            json.Reset(_nowhere);
        }
    }

    private sealed class ErrorParts
    {
        public string? Type { get; set; }

        public string? Message { get; set; }
    }
}
