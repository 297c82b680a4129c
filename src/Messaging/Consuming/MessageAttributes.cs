using System.Text.Json;
using Amazon.Lambda.SQSEvents;
using Amazon.SQS.Model;

namespace Messaging.Consuming;

/// <summary>The sender's attributes, from the words of Lambda's event to those of SQS. One that is odd is left out.</summary>
internal static class MessageAttributes
{
    private static readonly Dictionary<string, MessageAttributeValue> None = [];

    /// <summary>Reads <c>{"name":{"dataType":"String","stringValue":"text"}}</c>; empty bytes are no attributes.</summary>
    public static IReadOnlyDictionary<string, MessageAttributeValue> Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return None;
        var attributes = new Dictionary<string, MessageAttributeValue>(StringComparer.Ordinal);
        var json = new Utf8JsonReader(utf8);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.Text();
            json.Read();
            if (ReadValue(ref json) is { DataType: not null } value && name is not null)
                attributes[name] = value;
        }

        return attributes;
    }

    /// <summary>The same from the serializer's words.</summary>
    public static IReadOnlyDictionary<string, MessageAttributeValue> From(Dictionary<string, SQSEvent.MessageAttribute>? attributes)
    {
        if (attributes is not { Count: > 0 })
            return None;
        var result = new Dictionary<string, MessageAttributeValue>(attributes.Count, StringComparer.Ordinal);
        foreach (var (name, value) in attributes)
        {
            if (value?.DataType is { } type)
                result[name] = new() { DataType = type, StringValue = value.StringValue, BinaryValue = value.BinaryValue };
        }

        return result;
    }

    private static MessageAttributeValue? ReadValue(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }

        var value = new MessageAttributeValue();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("dataType"u8))
                value.DataType = json.NextText();
            else if (json.ValueTextEquals("stringValue"u8))
                value.StringValue = json.NextText();
            else if (json.ValueTextEquals("binaryValue"u8))
                value.BinaryValue = json.Read() && json.TokenType == JsonTokenType.String && json.TryGetBytesFromBase64(out var bytes) ? new(bytes) : null;
            else
                json.SkipNext();
        }

        return value;
    }
}
