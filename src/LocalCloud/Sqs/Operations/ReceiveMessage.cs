using System.Text.Json;

namespace LocalCloud.Sqs.Operations;

internal static class ReceiveMessage
{
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
        var system = SystemAttributes.Read(input);
        var wanted = input.Strings("MessageAttributeNames");
        var received = await queue.ReceiveAsync(request, call.Aborted);
        if (received.Count == 0)
        {
            return;
        }

        call.Output.WriteStartArray("Messages"u8);
        for (var i = 0; i < received.Count; i++)
        {
            call.Call.Carry(received[i].Message.Size);
            Write(call.Output, received[i], system, wanted, queue.Settings.IsFifo);
        }

        call.Output.WriteEndArray();
    }

    private static int Range(string name, int value, int min, int max) => value >= min && value <= max
        ? value
        : throw SqsError.InvalidValue(name, $"{value}", $"Must be between {min} and {max}, if provided.");

    private static int? Range(string name, int? value, int min, int max) => value is { } given ? Range(name, given, min, max) : null;

    private static void Write(Utf8JsonWriter output, Received received, SystemAttributes system, IReadOnlyList<string> wanted, bool fifo)
    {
        var message = received.Message;
        output.WriteStartObject();
        output.WriteString("MessageId"u8, message.Id);
        output.WriteString("ReceiptHandle"u8, received.Handle);
        message.Digest.Write(output, "MD5OfBody"u8);
        output.WriteString("Body"u8, message.Body);
        system.Write(output, received, fifo);
        if (wanted.Count > 0 && message.Attributes.Length > 0)
        {
            WriteAttributes(output, [.. message.Attributes.Where(attribute => wanted.Any(pattern => Matches(pattern, attribute.Name)))]);
        }

        output.WriteEndObject();
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
