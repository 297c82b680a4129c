namespace Messaging.RequestReply;

/// <summary>How to ask.</summary>
public sealed record RequestClientOptions
{
    /// <summary>SQS keeps no message for less than a minute, so a reply queue need keep none for longer.</summary>
    public static readonly TimeSpan LongestDeadline = TimeSpan.FromMinutes(1);

    /// <summary>The logical name of the reply queue, which must be on the answerer's list.</summary>
    public required string ReplyQueue { get; init; }

    /// <summary>Its address, for receiving. A standard queue; a handful of processes may share it.</summary>
    public required string ReplyQueueUrl { get; init; }

    /// <summary>Who asks, a URI reference: <c>/booking-api</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Requests that wait for their reply at a time, 1 to 100,000. One more waits, within its own deadline, until another ends.</summary>
    public int MaxInFlight
    {
        get;
        init => field = value is >= 1 and <= 100_000 ? value : throw new ArgumentOutOfRangeException(nameof(MaxInFlight), value, "MaxInFlight is 1 to 100,000.");
    } = 10_000;

    /// <summary>
    /// How often a reply of another process goes back to the queue at once, 0 to 1,000; after that it rests for a second each time, until its
    /// deadline, so that one whose process has gone does not make the others spin.
    /// </summary>
    public int HandBacks
    {
        get;
        init => field = value is >= 0 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(HandBacks), value, "HandBacks is 0 to 1,000.");
    } = 20;
}
