using System.Globalization;
using System.Text.Json;

namespace LocalCloud.Sqs.Operations;

/// <summary>Which system attributes a receive asks for.</summary>
internal readonly struct SystemAttributes
{
    private const int All = -1;

    private static readonly string[] Names =
    [
        "SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp", "SequenceNumber",
        "MessageDeduplicationId", "MessageGroupId", "AWSTraceHeader", "DeadLetterQueueSourceArn",
    ];

    // A bit for each name.
    private readonly int _wanted;

    private SystemAttributes(int wanted) => _wanted = wanted;

    /// <exception cref="Http.ServiceException">There is no such attribute.</exception>
    public static SystemAttributes Read(SqsInput input)
    {
        // AttributeNames is the older name of MessageSystemAttributeNames.
        return new(Read(input.Strings("MessageSystemAttributeNames")) | Read(input.Strings("AttributeNames")));
    }

    public void Write(Utf8JsonWriter output, Received received, bool fifo)
    {
        if (_wanted == 0)
        {
            return;
        }

        output.WriteStartObject("Attributes"u8);
        for (var i = 0; i < Names.Length; i++)
        {
            if ((_wanted & (1 << i)) != 0 && Value(i, received, fifo) is { } value)
            {
                output.WriteString(Names[i], value);
            }
        }

        output.WriteEndObject();
    }

    private static int Read(IReadOnlyList<string> names)
    {
        var wanted = 0;
        for (var i = 0; i < names.Count; i++)
        {
            var index = Array.IndexOf(Names, names[i]);
            wanted |= index >= 0 ? 1 << index : names[i] == "All" ? All : throw SqsError.UnknownAttribute(names[i]);
        }

        return wanted;
    }

    private static string? Value(int index, Received received, bool fifo)
    {
        var message = received.Message;
        return index switch
        {
            0 => message.SenderId,
            1 => message.SentAt.ToString(CultureInfo.InvariantCulture),
            2 => received.ReceiveCount.ToString(CultureInfo.InvariantCulture),
            3 => received.FirstReceivedAt.ToString(CultureInfo.InvariantCulture),
            4 => fifo ? message.SequenceNumber.ToString(CultureInfo.InvariantCulture) : null,
            5 => fifo ? message.DeduplicationId : null,
            6 => message.GroupId,
            7 => message.TraceHeader,
            _ => message.DeadLetterSourceArn,
        };
    }
}
