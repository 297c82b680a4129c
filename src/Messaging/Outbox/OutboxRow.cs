using Messaging.Publishing;

namespace Messaging.Outbox;

/// <summary>A committed message that waits for one destination.</summary>
/// <param name="Destination">Its logical name.</param>
/// <param name="Lane">The part of the destination's messages that one relay works on at a time.</param>
/// <param name="Created">Set by the database.</param>
/// <param name="Ordinal">The position in its transaction.</param>
/// <param name="Message">The message.</param>
/// <param name="Attempts">Failed tries so far.</param>
/// <param name="IsAvailable">False while somebody else is expected to publish it, or while it waits for its next try.</param>
internal sealed record OutboxRow(string Destination, short Lane, DateTime Created, int Ordinal, Outbound Message, int Attempts, bool IsAvailable)
{
    public const int Lanes = 16;

    /// <summary>The lane of a key: the same in every process and version, so not string.GetHashCode.</summary>
    public static short LaneOf(string key)
    {
        var hash = 2_166_136_261u;
        foreach (var c in key)
            hash = (hash ^ c) * 16_777_619;
        return (short)(hash % Lanes);
    }
}
