using System.Text.Json;
using System.Text.Unicode;
using LocalCloud.Http;

namespace LocalCloud.Sqs;

/// <summary>SQS over HTTP: AWS JSON 1.0, and the older Query protocol, which is translated to and from it.</summary>
internal sealed class SqsProtocol(SqsService sqs) : IService
{
    private const string JsonType = "application/x-amz-json-1.0";
    private const string Target = "AmazonSQS.";

    public string Name => ServiceName.Sqs;

    public int LargestBody => Limits.RequestBytes;

    public string? ActionOf(Call call) => TargetOf(call) is { } target
        ? SqsOperations.Find(target.AsSpan(Target.Length))?.Name ?? target[Target.Length..]
        : call.Form?["Action"];

    public async Task HandleAsync(Call call)
    {
        if (TargetOf(call) is { } target)
        {
            using var answer = SqsAnswer.Take();
            await RunAsync(call, target.AsMemory(Target.Length), call.Body, answer.Json);
            await call.AnswerAsync(200, JsonType, answer.Written);
        }
        else
        {
            await HandleQueryAsync(call);
        }
    }

    public Task RefuseAsync(Call call, ServiceException error)
    {
        call.Http.Response.Headers["x-amzn-query-error"] = $"{error.Code};{error.Fault}";
        return TargetOf(call) is null ? QueryErrors.AnswerAsync(call, SqsQueryAnswer.Xmlns, error) : call.AnswerAsync(error.Status, JsonType, Write(error));
    }

    private static string? TargetOf(Call call) =>
        call.Http.Request.Headers.TryGetValue("X-Amz-Target", out var header) && header.ToString() is var target && target.StartsWith(Target, StringComparison.Ordinal) ? target : null;

    private async Task HandleQueryAsync(Call call)
    {
        var form = call.Form ?? throw SqsError.Malformed("The form is malformed: check its percent escapes, or send JSON with an X-Amz-Target header.");
        var action = form["Action"] ?? throw SqsError.Missing("Action");
        using var answer = SqsAnswer.Take();
        await RunAsync(call, action.AsMemory(), SqsQueryRequest.ToJson(action, form, call.Http.Request.Path), answer.Json);
        await call.AnswerAsync(200, "text/xml", SqsQueryAnswer.ToXml(action, answer.Written, call.RequestId));
    }

    private async Task RunAsync(Call call, ReadOnlyMemory<char> action, ReadOnlyMemory<byte> body, Utf8JsonWriter output)
    {
        var operation = SqsOperations.Find(action.Span) ?? throw SqsError.UnknownOperation(action.ToString());
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

            output.WriteStartObject();
            await operation.RunAsync(new SqsCall(sqs, new SqsInput(document.RootElement), output, call));
            output.WriteEndObject();
            output.Flush();
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

    private static ReadOnlyMemory<byte> Write(ServiceException error) => JsonBody.Write(json =>
    {
        json.WriteString("__type"u8, error.Type);
        json.WriteString("message"u8, error.Message);
    });
}
