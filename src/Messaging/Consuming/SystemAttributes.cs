using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Messaging.Consuming;

/// <summary>What SQS says about a message. What is missing or odd is left out: it must not keep a message from its consumer, nor its neighbours from theirs.</summary>
internal record struct SystemAttributes()
{
    private static readonly long LastInstant = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public int ReceiveCount { get; set; } = 1;

    public string? GroupId { get; set; }

    public string? SequenceNumber { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? FirstReceivedAt { get; set; }

    public string? TraceHeader { get; set; }

    /// <summary>Reads the value of the member whose name was just read.</summary>
    public static SystemAttributes Read(ref Utf8JsonReader json)
    {
        var system = new SystemAttributes();
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return system;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("ApproximateReceiveCount"u8))
                system.ReceiveCount = Count(Number(ref json));
            else if (json.ValueTextEquals("SentTimestamp"u8))
                system.SentAt = Instant(Number(ref json));
            else if (json.ValueTextEquals("ApproximateFirstReceiveTimestamp"u8))
                system.FirstReceivedAt = Instant(Number(ref json));
            else if (json.ValueTextEquals("MessageGroupId"u8))
                system.GroupId = json.NextText();
            else if (json.ValueTextEquals("SequenceNumber"u8))
                system.SequenceNumber = json.NextText();
            else if (json.ValueTextEquals("AWSTraceHeader"u8))
                system.TraceHeader = json.NextText();
            else
                json.SkipNext();
        }

        return system;
    }

    /// <summary>The same from the serializer's words.</summary>
    public static SystemAttributes From(IReadOnlyDictionary<string, string>? attributes) => new()
    {
        ReceiveCount = Count(Number(attributes, "ApproximateReceiveCount")),
        GroupId = attributes?.GetValueOrDefault("MessageGroupId"),
        SequenceNumber = attributes?.GetValueOrDefault("SequenceNumber"),
        SentAt = Instant(Number(attributes, "SentTimestamp")),
        FirstReceivedAt = Instant(Number(attributes, "ApproximateFirstReceiveTimestamp")),
        TraceHeader = attributes?.GetValueOrDefault("AWSTraceHeader"),
    };

    private static int Count(long? number) => number is >= 1 and <= int.MaxValue ? (int)number : 1;

    private static DateTimeOffset? Instant(long? milliseconds) =>
        milliseconds is >= 0 && milliseconds <= LastInstant ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value) : null;

    // SQS writes numbers as text.
    private static long? Number(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.String or JsonTokenType.Number)
            return Utf8Parser.TryParse(json.ValueSpan, out long number, out var read) && read == json.ValueSpan.Length ? number : null;
        json.Skip();
        return null;
    }

    private static long? Number(IReadOnlyDictionary<string, string>? attributes, string name) =>
        long.TryParse(attributes?.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
