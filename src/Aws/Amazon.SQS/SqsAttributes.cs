using System.Text.Json;
using Amazon.SQS.Model;
using Aws.Http;

namespace Amazon.SQS;

/// <summary>Message attributes in JSON.</summary>
internal static class SqsAttributes
{
    public static void Write(Utf8JsonWriter json, Dictionary<string, MessageAttributeValue>? attributes)
    {
        if (attributes is null or { Count: 0 })
            return;
        json.WriteStartObject("MessageAttributes"u8);
        foreach (var (name, value) in attributes)
            Write(json, name, value.DataType, value.StringValue, value.BinaryValue);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Dictionary<string, MessageSystemAttributeValue>? attributes)
    {
        if (attributes is null or { Count: 0 })
            return;
        json.WriteStartObject("MessageSystemAttributes"u8);
        foreach (var (name, value) in attributes)
            Write(json, name, value.DataType, value.StringValue, value.BinaryValue);
        json.WriteEndObject();
    }

    public static bool Read(ref Utf8JsonReader json, MessageAttributeValue value)
    {
        if (json.ValueTextEquals("StringValue"u8))
        {
            value.StringValue = JsonBody.ReadText(ref json);
        }
        else if (json.ValueTextEquals("DataType"u8))
        {
            value.DataType = JsonBody.ReadText(ref json);
        }
        else if (json.ValueTextEquals("BinaryValue"u8))
        {
            json.Read();
            value.BinaryValue = json.TokenType == JsonTokenType.Null ? null : new MemoryStream(json.GetBytesFromBase64());
        }
        else
        {
            return false;
        }

        return true;
    }

    private static void Write(Utf8JsonWriter json, string name, string? dataType, string? text, MemoryStream? binary)
    {
        json.WriteStartObject(name);
        json.WriteText("DataType"u8, dataType);
        json.WriteText("StringValue"u8, text);
        if (binary is not null)
            json.WriteBase64String("BinaryValue"u8, binary.ToArray());
        json.WriteEndObject();
    }
}
