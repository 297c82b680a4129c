using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using LocalCloud.Http;

namespace LocalCloud.Sqs;

/// <summary>SQS over HTTP: AWS JSON 1.0, and the older Query protocol, which is translated to and from it.</summary>
internal sealed class SqsProtocol(SqsService sqs) : IService
{
    private const string JsonType = "application/x-amz-json-1.0";
    private const string Target = "AmazonSQS.";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public string Name => ServiceName.Sqs;

    public int LargestBody => Limits.RequestBytes;

    public string? ActionOf(Call call) => JsonAction(call) ?? call.Form?["Action"];

    public async Task HandleAsync(Call call)
    {
        if (JsonAction(call) is { } action)
        {
            var answer = await RunAsync(call, action, call.Body);
            await call.AnswerAsync(200, JsonType, answer);
        }
        else
        {
            await HandleQueryAsync(call);
        }
    }

    public Task RefuseAsync(Call call, ServiceException error)
    {
        call.Http.Response.Headers["x-amzn-query-error"] = $"{error.Code};{error.Fault}";
        return JsonAction(call) is null ? QueryErrors.AnswerAsync(call, SqsQueryAnswer.Xmlns, error) : call.AnswerAsync(error.Status, JsonType, Write(error));
    }

    private static string? JsonAction(Call call) =>
        call.Http.Request.Headers["X-Amz-Target"].ToString() is var target && target.StartsWith(Target, StringComparison.Ordinal) ? target[Target.Length..] : null;

    private async Task HandleQueryAsync(Call call)
    {
        var form = call.Form ?? throw SqsError.Malformed("The form is malformed: check its percent escapes, or send JSON with an X-Amz-Target header.");
        var action = form["Action"] ?? throw SqsError.Missing("Action");
        var answer = await RunAsync(call, action, SqsQueryRequest.ToJson(action, form, call.Http.Request.Path));
        await call.AnswerAsync(200, "text/xml", SqsQueryAnswer.ToXml(action, answer, call.RequestId));
    }

    private async Task<ReadOnlyMemory<byte>> RunAsync(Call call, string action, ReadOnlyMemory<byte> body)
    {
        if (!SqsOperations.All.TryGetValue(action, out var operation))
        {
            throw SqsError.UnknownOperation(action);
        }

        try
        {
            if (!Utf8.IsValid(body.Span))
            {
                throw SqsError.Malformed("The body is no UTF-8.");
            }

            using var document = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw SqsError.Malformed("The body must be a JSON object.");
            }

            var buffer = new ArrayBufferWriter<byte>(512);
            using var output = new Utf8JsonWriter(buffer, Relaxed);
            output.WriteStartObject();
            await operation(new SqsCall(sqs, new SqsInput(document.RootElement), output, call.BaseUrl, call));
            output.WriteEndObject();
            output.Flush();
            return buffer.WrittenMemory;
        }
        catch (JsonException malformed)
        {
            throw SqsError.Malformed("The body is no JSON: " + malformed.Message);
        }
        catch (InvalidOperationException malformed) when (malformed.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true)
        {
            // A lone surrogate: well-formed as JSON, but no text.
            throw SqsError.Malformed("A string is no valid Unicode text.");
        }
    }

    private static ReadOnlyMemory<byte> Write(ServiceException error)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("__type"u8, error.Type);
        json.WriteString("message"u8, error.Message);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
