using System.Globalization;
using System.Text.Json;

namespace LocalCloud.Sqs.Operations;

/// <summary>A message of a send request: read and checked against its queue, and answered.</summary>
internal sealed record OutgoingMessage(NewMessage Message, MessageAttribute? TraceHeader)
{
    private const string NotForThisType = "The request include parameter that is not valid for this queue type.";

    /// <summary>What an entry counts against a batch's limit, before it is checked.</summary>
    public static long SizeOf(SqsInput input) =>
        (input.Utf8("MessageBody")?.Length ?? 0)
        + input.StructureMap("MessageAttributes").Sum(member => (long)member.Name.Length + (member.Value.String("DataType")?.Length ?? 0)
            + (member.Value.Utf8("StringValue")?.Length ?? member.Value.Binary("BinaryValue")?.Length ?? 0));

    /// <exception cref="Http.ServiceException">The message breaks one of the queue's rules.</exception>
    public static OutgoingMessage Read(SqsInput input, QueueSettings settings)
    {
        var body = input.Utf8("MessageBody") is { Length: > 0 } given ? given : throw SqsError.Missing("MessageBody");
        var trace = MessageRules.ReadTraceHeader(input);
        var message = new NewMessage(body, MessageRules.ReadAttributes(input))
        {
            Digest = BodyDigest.Of(body),
            TraceHeader = trace?.Text,
            GroupId = input.String("MessageGroupId"),
            DeduplicationId = input.String("MessageDeduplicationId"),
            DelaySeconds = input.Int("DelaySeconds"),
        };
        if (message.Size > settings.MaximumMessageSize)
        {
            throw SqsError.InvalidParameter($"One or more parameters are invalid. Reason: Message must be shorter than {settings.MaximumMessageSize} bytes.");
        }

        MessageRules.CheckCharacters(body);
        MessageRules.CheckId("MessageGroupId", message.GroupId);
        MessageRules.CheckId("MessageDeduplicationId", message.DeduplicationId);
        if (message.DelaySeconds is < 0 or > 900)
        {
            throw SqsError.InvalidValue("DelaySeconds", $"{message.DelaySeconds}", "DelaySeconds must be >= 0 and <= 900.");
        }

        if (!settings.IsFifo)
        {
            return message.DeduplicationId is null ? new(message, trace) : throw SqsError.InvalidValue("MessageDeduplicationId", message.DeduplicationId, NotForThisType);
        }

        if (message.DelaySeconds > 0)
        {
            throw SqsError.InvalidValue("DelaySeconds", $"{message.DelaySeconds}", NotForThisType);
        }

        if (message.GroupId is null)
        {
            throw SqsError.Missing("MessageGroupId");
        }

        // A FIFO queue has one delay for all its messages, or they would overtake each other.
        return message.DeduplicationId is not null || settings.ContentBasedDeduplication
            ? new(message with { DelaySeconds = null }, trace)
            : throw SqsError.InvalidParameter("The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
    }

    public void Write(Utf8JsonWriter output, SendResult sent, bool fifo)
    {
        output.WriteString("MessageId"u8, sent.MessageId);
        Message.Digest.Write(output, "MD5OfMessageBody"u8);
        if (Message.Attributes.Length > 0)
        {
            output.WriteString("MD5OfMessageAttributes"u8, MessageAttribute.Digest(Message.Attributes));
        }

        if (TraceHeader is not null)
        {
            output.WriteString("MD5OfMessageSystemAttributes"u8, MessageAttribute.Digest([TraceHeader]));
        }

        if (fifo)
        {
            output.WriteString("SequenceNumber"u8, sent.SequenceNumber.ToString(CultureInfo.InvariantCulture));
        }
    }
}
