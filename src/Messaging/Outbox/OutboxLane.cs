namespace Messaging.Outbox;

/// <summary>A part of a destination's messages, all of a key in the same: one relay at a time works on it.</summary>
/// <param name="Destination">The destination's logical name.</param>
/// <param name="Number">0 to 15.</param>
internal readonly record struct OutboxLane(string Destination, short Number)
{
    public const int Count = 16;

    /// <summary>The lane of a key: the same in every process and version, so not string.GetHashCode.</summary>
    public static OutboxLane Of(string destination, string key)
    {
        var hash = 2_166_136_261u;
        foreach (var c in key)
            hash = (hash ^ c) * 16_777_619;
        return new(destination, (short)(hash % Count));
    }
}
