using System.Text.Json;

namespace Messaging.Envelope;

/// <summary>What SNS wraps a message in where a subscription has raw delivery off: the message is a string in it.</summary>
/// <seealso href="https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html"/>
internal static class SnsNotification
{
    /// <summary>Takes the message out.</summary>
    /// <param name="body">JSON.</param>
    /// <returns>The message as UTF-8, or null where the body is no notification.</returns>
    /// <exception cref="InvalidCloudEventException">It is a notification without a message.</exception>
    public static ReadOnlyMemory<byte>? Unwrap(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        var isNotification = false;
        byte[]? message = null;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("Type"u8))
                isNotification = json.Read() && json.TokenType == JsonTokenType.String && json.ValueTextEquals("Notification"u8);
            else if (json.ValueTextEquals("Message"u8))
                message = json.Read() && json.TokenType == JsonTokenType.String ? Unescape(ref json) : null;
            json.Skip();
        }

        if (!isNotification)
            return null;
        return message ?? throw new InvalidCloudEventException("The body is an SNS notification without a Message that is a string.");
    }

    // What is unescaped is never longer.
    private static byte[] Unescape(ref Utf8JsonReader json)
    {
        var text = new byte[json.ValueSpan.Length];
        var length = json.CopyString(text);
        return length == text.Length ? text : text[..length];
    }
}
