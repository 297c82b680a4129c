using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Messaging.Publishing;

/// <summary>Attributes as text for a column: <c>{"hotel":"alpha","nights":3}</c>; null where there are none.</summary>
internal static class AttributesColumn
{
    public static string? Write(IReadOnlyList<AttributeValue> attributes)
    {
        if (attributes.Count == 0)
            return null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var attribute in attributes)
            {
                if (attribute.IsNumber)
                    json.WriteNumber(attribute.Name, decimal.Parse(attribute.Value, NumberStyles.Float, CultureInfo.InvariantCulture));
                else
                    json.WriteString(attribute.Name, attribute.Value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static IReadOnlyList<AttributeValue> Read(string? text)
    {
        if (text is null)
            return [];
        using var json = JsonDocument.Parse(text);
        return
        [
            .. json.RootElement.EnumerateObject().Select(a => a.Value.ValueKind == JsonValueKind.Number
                ? new AttributeValue(a.Name, a.Value.GetRawText(), IsNumber: true)
                : new AttributeValue(a.Name, a.Value.GetString()!)),
        ];
    }
}
