using System.Globalization;
using System.Text.Json;

namespace LocalCloud.Sqs.Operations;

internal static class ReceiveMessage
{
    private static readonly string[] SystemAttributes =
    [
        "All", "SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp", "SequenceNumber",
        "MessageDeduplicationId", "MessageGroupId", "AWSTraceHeader", "DeadLetterQueueSourceArn",
    ];

    public static async Task RunAsync(SqsCall call)
    {
        var queue = call.Queue("sqs:ReceiveMessage");
        var input = call.Input;
        var request = new ReceiveRequest(
            Range("MaxNumberOfMessages", input.Int("MaxNumberOfMessages") ?? 1, 1, 10),
            Range("WaitTimeSeconds", input.Int("WaitTimeSeconds"), 0, 20),
            Range("VisibilityTimeout", input.Int("VisibilityTimeout"), 0, 43_200),
            queue.Settings.IsFifo ? input.String("ReceiveRequestAttemptId") : null);
        MessageRules.CheckId("ReceiveRequestAttemptId", request.AttemptId);
        // AttributeNames is the older name of MessageSystemAttributeNames.
        var system = input.Strings("MessageSystemAttributeNames").Concat(input.Strings("AttributeNames")).ToHashSet(StringComparer.Ordinal);
        foreach (var unknown in system.Except(SystemAttributes))
        {
            throw SqsError.UnknownAttribute(unknown);
        }

        var wanted = input.Strings("MessageAttributeNames");
        var received = await queue.ReceiveAsync(request, call.Aborted);
        if (received.Count == 0)
        {
            return;
        }

        call.Output.WriteStartArray("Messages"u8);
        foreach (var message in received)
        {
            Write(call.Output, message, system, wanted, queue.Settings.IsFifo);
        }

        call.Output.WriteEndArray();
    }

    private static int Range(string name, int value, int min, int max) => value >= min && value <= max
        ? value
        : throw SqsError.InvalidValue(name, $"{value}", $"Must be between {min} and {max}, if provided.");

    private static int? Range(string name, int? value, int min, int max) => value is { } given ? Range(name, given, min, max) : null;

    private static void Write(Utf8JsonWriter output, Received received, HashSet<string> system, IReadOnlyList<string> wanted, bool fifo)
    {
        var message = received.Message;
        output.WriteStartObject();
        output.WriteString("MessageId"u8, message.Id);
        output.WriteString("ReceiptHandle"u8, received.Handle);
        output.WriteString("MD5OfBody"u8, BodyDigest.Of(message.Body));
        output.WriteString("Body"u8, message.Body);
        if (system.Count > 0)
        {
            output.WriteStartObject("Attributes"u8);
            foreach (var (name, value) in SystemValues(received, fifo))
            {
                if (value is not null && (system.Contains("All") || system.Contains(name)))
                {
                    output.WriteString(name, value);
                }
            }

            output.WriteEndObject();
        }

        WriteAttributes(output, [.. message.Attributes.Where(attribute => wanted.Any(pattern => Matches(pattern, attribute.Name)))]);
        output.WriteEndObject();
    }

    private static IEnumerable<(string Name, string? Value)> SystemValues(Received received, bool fifo)
    {
        var message = received.Message;
        yield return ("SenderId", message.SenderId);
        yield return ("SentTimestamp", message.SentAt.ToString(CultureInfo.InvariantCulture));
        yield return ("ApproximateReceiveCount", received.ReceiveCount.ToString(CultureInfo.InvariantCulture));
        yield return ("ApproximateFirstReceiveTimestamp", received.FirstReceivedAt.ToString(CultureInfo.InvariantCulture));
        yield return ("SequenceNumber", fifo ? message.SequenceNumber.ToString(CultureInfo.InvariantCulture) : null);
        yield return ("MessageDeduplicationId", fifo ? message.DeduplicationId : null);
        yield return ("MessageGroupId", message.GroupId);
        yield return ("AWSTraceHeader", message.TraceHeader);
        yield return ("DeadLetterQueueSourceArn", message.DeadLetterSourceArn);
    }

    // "All" and ".*" mean all, "foo.*" all that begin so, anything else one name.
    private static bool Matches(string pattern, string name) => pattern is "All" or ".*" || pattern == name
        || (pattern.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(pattern[..^2], StringComparison.Ordinal));

    private static void WriteAttributes(Utf8JsonWriter output, MessageAttribute[] attributes)
    {
        if (attributes.Length == 0)
        {
            return;
        }

        output.WriteString("MD5OfMessageAttributes"u8, MessageAttribute.Digest(attributes));
        output.WriteStartObject("MessageAttributes"u8);
        foreach (var attribute in attributes)
        {
            output.WriteStartObject(attribute.Name);
            if (attribute.Binary is not null)
            {
                output.WriteBase64String("BinaryValue"u8, attribute.Binary);
            }
            else
            {
                output.WriteString("StringValue"u8, attribute.Text);
            }

            output.WriteString("DataType"u8, attribute.DataType);
            output.WriteEndObject();
        }

        output.WriteEndObject();
    }
}
