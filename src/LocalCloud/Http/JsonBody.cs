using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace LocalCloud.Http;

/// <summary>The JSON object that a request or an answer is.</summary>
internal static class JsonBody
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Hands the object of a request over, which lives for that long; no body counts as an empty object.</summary>
    /// <param name="body">UTF-8.</param>
    /// <param name="use">Reads the members.</param>
    /// <param name="malformed">The service's error for a body that is no JSON object.</param>
    /// <param name="depth">Levels at the most.</param>
    public static T Read<T>(byte[] body, Func<JsonElement, T> use, Func<string, ServiceException> malformed, int depth = 64)
    {
        try
        {
            if (!Utf8.IsValid(body))
            {
                throw malformed("The body is no UTF-8.");
            }

            using var document = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body, new JsonDocumentOptions { MaxDepth = depth });
            return use(document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement : throw malformed("The body must be a JSON object."));
        }
        catch (JsonException)
        {
            throw malformed("The body is no JSON.");
        }
        catch (InvalidOperationException invalid) when (invalid.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true)
        {
            // A lone surrogate: well-formed as JSON, but no text. It shows where the string is read.
            throw malformed("A string is no valid Unicode text.");
        }
    }

    /// <summary>An object with the members that are written.</summary>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var output = new Utf8JsonWriter(buffer, Relaxed);
        output.WriteStartObject();
        members(output);
        output.WriteEndObject();
        output.Flush();
        return buffer.WrittenMemory;
    }
}
