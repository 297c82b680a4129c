using System.Buffers;
using System.Text;
using System.Text.Json;
using Amazon.SQS.Model;

namespace Messaging.Parking;

/// <summary>The attributes of a message as text, for a column.</summary>
internal static class AttributesJson
{
    public static string Write(IReadOnlyDictionary<string, MessageAttributeValue> attributes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in attributes)
            {
                json.WriteStartObject(name);
                json.WriteString("type"u8, value.DataType);
                if (value.BinaryValue is { } binary)
                    json.WriteBase64String("binary"u8, binary.ToArray());
                else
                    json.WriteString("text"u8, value.StringValue);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static Dictionary<string, MessageAttributeValue> Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.EnumerateObject().ToDictionary(a => a.Name, a => Value(a.Value), StringComparer.Ordinal);
    }

    private static MessageAttributeValue Value(JsonElement value) => value.TryGetProperty("binary"u8, out var binary)
        ? new() { DataType = Text(value, "type"u8), BinaryValue = new(binary.GetBytesFromBase64()) }
        : new() { DataType = Text(value, "type"u8), StringValue = Text(value, "text"u8) };

    private static string? Text(JsonElement value, ReadOnlySpan<byte> name) => value.GetProperty(name).GetString();
}
