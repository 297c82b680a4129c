using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Messaging.Envelope;

/// <summary>Writes CloudEvents 1.0 in structured mode.</summary>
public static class CloudEventWriter
{
    /// <summary>Writes a whole message.</summary>
    /// <typeparam name="T">The record that carries the data.</typeparam>
    /// <param name="attributes">Everything but the data.</param>
    /// <param name="data">The data.</param>
    /// <param name="json">The generated metadata of <typeparamref name="T"/>.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static ReadOnlyMemory<byte> Write<T>(CloudEvent attributes, T data, JsonTypeInfo<T> json)
    {
        using var scratch = WriteScratch(attributes, data, json);
        return scratch.Span.ToArray();
    }

    /// <summary>The same, in memory that is the caller's until it disposes it.</summary>
    internal static JsonScratch WriteScratch<T>(CloudEvent attributes, T data, JsonTypeInfo<T> json)
    {
        var scratch = JsonScratch.Take();
        var writer = scratch.Writer;
        try
        {
            writer.WriteStartObject();
            writer.WriteString("specversion"u8, "1.0"u8);
            writer.WriteString("id"u8, attributes.Id);
            writer.WriteString("source"u8, attributes.Source);
            writer.WriteString("type"u8, attributes.Type);
            writer.WriteString("time"u8, attributes.Time);
            writer.WriteString("datacontenttype"u8, "application/json"u8);
            WriteOptional(writer, "partitionkey"u8, attributes.PartitionKey);
            WriteOptional(writer, "correlationid"u8, attributes.CorrelationId);
            WriteOptional(writer, "causationid"u8, attributes.CausationId);
            WriteOptional(writer, "traceparent"u8, attributes.TraceParent);
            WriteOptional(writer, "replyto"u8, attributes.ReplyTo);
            if (attributes.Deadline is { } deadline)
                writer.WriteString("deadline"u8, deadline);
            writer.WritePropertyName("data"u8);
            JsonSerializer.Serialize(writer, data, json);
            writer.WriteEndObject();
            writer.Flush();
            return scratch;
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    private static void WriteOptional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }
}
