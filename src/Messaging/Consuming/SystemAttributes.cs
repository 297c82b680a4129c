using System.Buffers.Text;
using System.Globalization;

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

    public static SystemAttributes From(IReadOnlyDictionary<string, string>? attributes) => new()
    {
        ReceiveCount = Count(Number(attributes, "ApproximateReceiveCount")),
        GroupId = attributes?.GetValueOrDefault("MessageGroupId"),
        SequenceNumber = attributes?.GetValueOrDefault("SequenceNumber"),
        SentAt = Instant(Number(attributes, "SentTimestamp")),
        FirstReceivedAt = Instant(Number(attributes, "ApproximateFirstReceiveTimestamp")),
        TraceHeader = attributes?.GetValueOrDefault("AWSTraceHeader"),
    };

    public static int Count(long? number) => number is >= 1 and <= int.MaxValue ? (int)number : 1;

    public static DateTimeOffset? Instant(long? milliseconds) =>
        milliseconds is >= 0 && milliseconds <= LastInstant ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value) : null;

    public static long? Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long number, out var read) && read == text.Length ? number : null;

    private static long? Number(IReadOnlyDictionary<string, string>? attributes, string name) =>
        long.TryParse(attributes?.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
