using System.Globalization;

namespace Messaging;

/// <summary>What SQS prescribes, and SNS with it.</summary>
internal static class SqsRules
{
    /// <summary>Messages in one call, whether it sends, receives, deletes or hides them.</summary>
    public const int LargestBatch = 10;

    /// <summary>Whether this is the address or the ARN of a FIFO queue or topic.</summary>
    public static bool IsFifo(string address) => address.EndsWith(".fifo", StringComparison.Ordinal);

    /// <summary>The id of an entry in a call of several: its place.</summary>
    public static string EntryId(int index) => index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The place of an entry that the answer names.</summary>
    public static int EntryIndex(string? id) => int.Parse(id!, CultureInfo.InvariantCulture);

    /// <summary>A delay in whole seconds. Rounded up: a message that comes back early would only be deferred again.</summary>
    public static int Seconds(TimeSpan delay, TimeSpan longest) => (int)Math.Ceiling(Math.Clamp(delay.TotalSeconds, 0, longest.TotalSeconds));
}
