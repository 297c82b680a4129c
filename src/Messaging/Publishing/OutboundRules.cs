using System.Text;

namespace Messaging.Publishing;

/// <summary>What SQS and SNS take. A message that breaks a rule is not sent: it would fail the nine beside it in the call.</summary>
internal static class OutboundRules
{
    private const int TypeAttributeNames = 4 + 6;

    /// <summary>What counts against the limits: the body, and names, data types and values of the attributes.</summary>
    public static int Bytes(Outbound message) => Bytes(message.Type, message.Body, message.Attributes);

    /// <inheritdoc cref="Bytes(Outbound)"/>
    public static int Bytes(string type, string body, IReadOnlyList<AttributeValue> attributes)
    {
        var bytes = Encoding.UTF8.GetByteCount(body) + TypeAttributeNames + Encoding.UTF8.GetByteCount(type);
        foreach (var attribute in attributes)
            bytes += attribute.Bytes;
        return bytes;
    }

    /// <summary>Null where a destination takes the message, else a sentence that says why not. No content is quoted.</summary>
    /// <param name="message">The message.</param>
    /// <param name="bytes">Its <see cref="Bytes(Outbound)"/>.</param>
    /// <param name="destination">The logical name.</param>
    /// <param name="limit">The bytes that it takes of one message.</param>
    /// <param name="isFifo">Whether the message's key and id are sent as identifiers.</param>
    public static string? Fault(Outbound message, int bytes, string destination, int limit, bool isFifo)
    {
        var attributes = message.Attributes;
        var fault =
            bytes > limit ? $"has {bytes} bytes with its attributes, and the destination takes {limit}: put its data elsewhere (a claim check), or send a reference"
            : message.Body.Length == 0 ? "has no body"
            : !SqsRules.IsText(message.Body) ? "has characters in its body that SQS refuses: those that XML 1.0 has not, or half a surrogate pair"
            : attributes.Count >= AttributeValue.Most ? $"has {attributes.Count} attributes and its type, and {AttributeValue.Most} are the most that every subscription takes"
            : isFifo && !OutgoingMessage.IsIdentifier(message.Key) ? "has a key that is no message group id: those have 1 to 128 visible ASCII characters"
            : isFifo && !OutgoingMessage.IsIdentifier(message.Id) ? "has an id that is no deduplication id: those have 1 to 128 visible ASCII characters"
            : AttributeFault(message, attributes) is { } about ? $"has an attribute with {about}"
            : null;
        return fault is null ? null : $"The message {message.Type} {message.Id} was not sent to '{destination}': it {fault}.";
    }

    private static string? AttributeFault(Outbound message, IReadOnlyList<AttributeValue> attributes)
    {
        if (!IsPlain(message.Type) && new AttributeValue(AttributeValue.Type, message.Type).Fault is { } about)
            return about;
        for (var i = 0; i < attributes.Count; i++)
        {
            if (attributes[i].Fault is { } fault)
                return fault;
            if (attributes[i].Name == AttributeValue.Type)
                return $"the name '{AttributeValue.Type}', which is taken";
            for (var j = 0; j < i; j++)
            {
                if (attributes[j].Name == attributes[i].Name)
                    return $"the same name as another, '{attributes[i].Name}'";
            }
        }

        return null;
    }

    private static bool IsPlain(string text) => text.Length is > 0 and <= 256 && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
