using System.Buffers;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace LocalCloud.Http;

/// <summary>A service that speaks AWS JSON 1.1: the operation in a header, an object in, an object out.</summary>
/// <param name="name">The service's name.</param>
/// <param name="target">What stands before the operation in X-Amz-Target, with the dot.</param>
/// <param name="largestBody">In bytes.</param>
/// <param name="operations">By name; each writes the members of its answer.</param>
internal sealed class JsonService(string name, string target, int largestBody, IReadOnlyDictionary<string, Action<JsonCall>> operations) : IService
{
    private const string ContentType = "application/x-amz-json-1.1";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FrozenDictionary<string, Action<JsonCall>> _operations = operations.ToFrozenDictionary(StringComparer.Ordinal);

    public string Name => name;

    public int LargestBody => largestBody;

    public string? ActionOf(Call call) =>
        call.Http.Request.Headers["X-Amz-Target"].ToString() is var header && header.StartsWith(target, StringComparison.Ordinal) ? header[target.Length..] : null;

    public Task HandleAsync(Call call) => call.AnswerAsync(200, ContentType, Run(call));

    public Task RefuseAsync(Call call, ServiceException error) => call.AnswerAsync(error.Status, ContentType, Write(output =>
    {
        output.WriteString("__type"u8, error.Type);
        output.WriteString("message"u8, error.Message);
    }));

    private ReadOnlyMemory<byte> Run(Call call)
    {
        if (ActionOf(call) is not { } action || !_operations.TryGetValue(action, out var operation))
        {
            throw new ServiceException("UnknownOperationException", $"LocalCloud's {name} has no operation '{Excerpt.Of(ActionOf(call) ?? "")}': name one after {target} in X-Amz-Target.");
        }

        try
        {
            if (!Utf8.IsValid(call.Body))
            {
                throw JsonInput.Malformed("The body is no UTF-8.");
            }

            using var document = JsonDocument.Parse(call.Body.Length == 0 ? "{}"u8.ToArray() : call.Body);
            var input = document.RootElement.ValueKind == JsonValueKind.Object ? new JsonInput(document.RootElement) : throw JsonInput.Malformed("The body must be a JSON object.");
            return Write(output => operation(new JsonCall(call, input, output)));
        }
        catch (JsonException)
        {
            throw JsonInput.Malformed("The body is no JSON.");
        }
        catch (InvalidOperationException malformed) when (malformed.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true)
        {
            // A lone surrogate: well-formed as JSON, but no text.
            throw JsonInput.Malformed("A string is no valid Unicode text.");
        }
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
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
