using Messaging.Publishing;

namespace Messaging.ClaimCheck;

/// <summary>Which payloads go to S3, and where.</summary>
public sealed record ClaimCheckOptions
{
    /// <summary>How long a message can be on its way at most: 23 days in SNS, 14 in a queue and 14 in its dead-letter queue.</summary>
    internal static readonly TimeSpan LongestJourney = TimeSpan.FromDays(51);

    /// <summary>The bucket: payloads are written there, and read from nowhere else. 3 to 63 characters.</summary>
    public required string Bucket
    {
        get;
        init => field = value.Length is >= 3 and <= 63 ? value : throw new ArgumentException($"'{value}' is no bucket: those have names of 3 to 63 characters.", nameof(Bucket));
    }

    /// <summary>
    /// Bytes of body and attributes above which a payload goes to S3; 1 KiB to 256 KiB. Above the default a call, which SNS limits to 256 KiB by default,
    /// takes one message instead of two, and each send, delivery and receive is billed as three chunks of 64 KiB or more.
    /// </summary>
    public int Threshold
    {
        get;
        init => field = value is >= 1_024 and <= 256 * 1_024
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Threshold), value, "Threshold is 1 KiB to 256 KiB.");
    } = 128 * 1_024;

    /// <summary>
    /// Bytes of the largest payload that is written or read; 1 KiB to <see cref="OutgoingMessage.LargestBody"/>. A consumer holds one for each message that it
    /// handles at a time.
    /// </summary>
    public int LargestPayload
    {
        get;
        init => field = value is >= 1_024 and <= OutgoingMessage.LargestBody
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LargestPayload), value, "LargestPayload is 1 KiB to 16 MiB.");
    } = OutgoingMessage.LargestBody;

    /// <summary>What the keys of objects begin with, so that rights and lifecycle can be limited to it. Up to 256 letters, digits and <c>/._-</c>.</summary>
    public string Prefix
    {
        get;
        init => field = value.Length <= 256 && value.All(c => char.IsAsciiLetterOrDigit(c) || "/._-".Contains(c, StringComparison.Ordinal))
            ? value
            : throw new ArgumentException($"'{value}' is no prefix: use up to 256 letters, digits and /._-", nameof(Prefix));
    } = "payloads/";

    /// <summary>How long S3 may take to write a payload, or to hand one out. 100 milliseconds to 5 minutes.</summary>
    public TimeSpan Patience
    {
        get;
        init => field = value >= TimeSpan.FromMilliseconds(100) && value <= TimeSpan.FromMinutes(5)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Patience), value, "Patience is 100 milliseconds to 5 minutes.");
    } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// After how long the bucket's lifecycle rule deletes a payload. Above 51 days, for so long can a message be on its way; what is above them is for a message
    /// that is scheduled, or waits in the outbox.
    /// </summary>
    public TimeSpan Kept
    {
        get;
        init => field = value > LongestJourney
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Kept), value, "Kept is more than 51 days: 23 in SNS, 14 in a queue and 14 in its dead-letter queue.");
    } = TimeSpan.FromDays(60);
}
