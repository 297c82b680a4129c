using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using LocalCloud.Http;

namespace LocalCloud.Email;

/// <summary>SES v2 over REST and JSON.</summary>
internal sealed class SesProtocol(SesService ses) : IService
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Name => ServiceName.Ses;

    /// <summary>A message of 40 MB in base64, and its recipients.</summary>
    public int LargestBody => 56 * 1024 * 1024;

    public string? ActionOf(Call call) => Find(call)?.Name;

    public Task HandleAsync(Call call)
    {
        var (_, run, identity) = Find(call) ?? throw SesError.NotFound(
            "LocalCloud's SES has SendEmail, GetAccount and Create-, Get-, List- and DeleteEmailIdentity only.");
        try
        {
            if (!Utf8.IsValid(call.Body))
            {
                throw JsonInput.Malformed("The body is no UTF-8.");
            }

            using var document = JsonDocument.Parse(call.Body.Length == 0 ? "{}"u8.ToArray() : call.Body);
            var input = document.RootElement.ValueKind == JsonValueKind.Object ? new JsonInput(document.RootElement) : throw JsonInput.Malformed("The body must be a JSON object.");
            return call.AnswerAsync(200, "application/json", Write(output => run(new SesCall(ses, call, identity, input, output))));
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
        catch (ServiceException invalid) when (invalid.Code == "ValidationException")
        {
            throw SesError.Bad(invalid.Message);
        }
    }

    public Task RefuseAsync(Call call, ServiceException error)
    {
        call.Http.Response.Headers["x-amzn-ErrorType"] = error.Type;
        return call.AnswerAsync(error.Status, "application/json", Write(output => output.WriteString("message"u8, error.Message)));
    }

    private static (string Name, Action<SesCall> Run, string Identity)? Find(Call call) =>
        SesOperations.Find(call.Http.Request.Method, call.Http.Request.Path.Value ?? "");

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
