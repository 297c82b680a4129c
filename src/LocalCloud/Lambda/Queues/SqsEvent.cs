using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalCloud.Lambda.Queues;

/// <summary>Lambda's event for SQS. The list is <c>Records</c> with a capital, its members are in camel case.</summary>
internal static class SqsEvent
{
    /// <summary>Bytes of an event around its records.</summary>
    private const int Frame = 14;

    // Lambda does not escape what JSON need not: a body of Chinese must not grow threefold towards the 6 MB.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Consecutive messages as events of at most <paramref name="maximumSize"/> bytes; one message is never too large, as SQS takes 1 MiB.</summary>
    public static IEnumerable<(IReadOnlyList<JsonObject> Messages, ReadOnlyMemory<byte> Payload)> Split(
        IReadOnlyList<JsonObject> messages, string queueArn, string region, int maximumSize)
    {
        var part = new List<JsonObject>();
        var records = new List<ReadOnlyMemory<byte>>();
        var size = Frame;
        foreach (var message in messages)
        {
            var record = Record(message, queueArn, region);
            if (part.Count > 0 && size + record.Length + 1 > maximumSize)
            {
                yield return (part, Join(records));
                (part, records, size) = ([], [], Frame);
            }
            part.Add(message);
            records.Add(record);
            size += record.Length + 1;
        }
        yield return (part, Join(records));
    }

    private static ReadOnlyMemory<byte> Join(List<ReadOnlyMemory<byte>> records)
    {
        var buffer = new ArrayBufferWriter<byte>(records.Sum(record => record.Length + 1) + Frame);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("Records");
        foreach (var record in records)
            writer.WriteRawValue(record.Span, skipInputValidation: true);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Record(JsonObject message, string queueArn, string region)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Plain);
        writer.WriteStartObject();
        Copy("messageId", message["MessageId"]);
        Copy("receiptHandle", message["ReceiptHandle"]);
        Copy("body", message["Body"]);
        writer.WriteStartObject("attributes");
        foreach (var (name, value) in message["Attributes"] as JsonObject ?? [])
            Copy(name, value);
        writer.WriteEndObject();
        writer.WriteStartObject("messageAttributes");
        foreach (var (name, value) in message["MessageAttributes"] as JsonObject ?? [])
            Attribute(writer, name, value!);
        writer.WriteEndObject();
        if (message["MD5OfMessageAttributes"] is { } attributesHash)
            Copy("md5OfMessageAttributes", attributesHash);
        Copy("md5OfBody", message["MD5OfBody"]);
        writer.WriteString("eventSource", "aws:sqs");
        writer.WriteString("eventSourceARN", queueArn);
        writer.WriteString("awsRegion", region);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;

        void Copy(string name, JsonNode? value) => writer.WriteString(name, value?.GetValue<string>());
    }

    private static void Attribute(Utf8JsonWriter writer, string name, JsonNode value)
    {
        writer.WriteStartObject(name);
        if (value["StringValue"] is { } text)
            writer.WriteString("stringValue", text.GetValue<string>());
        if (value["BinaryValue"] is { } base64)
            writer.WriteString("binaryValue", base64.GetValue<string>());
        writer.WriteStartArray("stringListValues");
        writer.WriteEndArray();
        writer.WriteStartArray("binaryListValues");
        writer.WriteEndArray();
        writer.WriteString("dataType", value["DataType"]?.GetValue<string>());
        writer.WriteEndObject();
    }
}
