using System.Buffers;
using System.Globalization;
using System.Text;

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

    /// <summary>Whether SQS takes these characters: those of XML 1.0, in whole surrogate pairs.</summary>
    public static bool IsText(ReadOnlySpan<char> text)
    {
        // Nearly all are plain, and that is told many characters at a time.
        if (!text.ContainsAnyExceptInRange(' ', '\uD7FF'))
            return true;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done || rune.Value is < 0x20 and not (0x9 or 0xA or 0xD) or 0xFFFE or 0xFFFF)
                return false;
            text = text[length..];
        }

        return true;
    }

    /// <summary>A delay in whole seconds. Rounded up: a message that comes back early would only be deferred again.</summary>
    public static int Seconds(TimeSpan delay, TimeSpan longest) => (int)Math.Ceiling(Math.Clamp(delay.TotalSeconds, 0, longest.TotalSeconds));
}
