using System.Buffers;
using System.Globalization;
using System.Text.Json;
using LocalCloud.Lambda.Functions;
using LocalCloud.Templates;

namespace LocalCloud.Lambda.Events;

/// <summary>How an asynchronous invocation ended.</summary>
/// <param name="RequestId">Of all its attempts.</param>
/// <param name="Payload">The event.</param>
/// <param name="Result">Of the last attempt.</param>
/// <param name="Condition">As Lambda words it.</param>
/// <param name="Attempts">How often the function was called.</param>
internal sealed record EventOutcome(string RequestId, ReadOnlyMemory<byte> Payload, InvocationResult Result, string Condition, int Attempts)
{
    public const string Success = "Success";
    public const string RetriesExhausted = "RetriesExhausted";
    public const string AgeExceeded = "EventAgeExceeded";

    /// <summary>The record that a destination gets.</summary>
    public ReadOnlyMemory<byte> Record(Function function, DateTimeOffset at)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("version", "1.0");
        writer.WriteString("timestamp", at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        writer.WriteStartObject("requestContext");
        writer.WriteString("requestId", RequestId);
        writer.WriteString("functionArn", $"{function.Arn}:$LATEST");
        writer.WriteString("condition", Condition);
        writer.WriteNumber("approximateInvokeCount", Attempts);
        writer.WriteEndObject();
        Json(writer, "requestPayload", Payload);
        writer.WriteStartObject("responseContext");
        writer.WriteNumber("statusCode", 200);
        writer.WriteString("executedVersion", "$LATEST");
        if (Result.Error is not null)
            writer.WriteString("functionError", "Unhandled");
        writer.WriteEndObject();
        Json(writer, "responsePayload", Result.Payload);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>As JSON if it is; a function may answer with anything.</summary>
    private static void Json(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> value)
    {
        writer.WritePropertyName(name);
        try
        {
            using var document = JsonDocument.Parse(value);
            document.RootElement.WriteTo(writer);
        }
        catch (JsonException)
        {
            writer.WriteStringValue(System.Text.Encoding.UTF8.GetString(value.Span));
        }
    }
}
