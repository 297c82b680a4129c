namespace Messaging.Telemetry;

/// <summary>What a line is about.</summary>
/// <param name="Consumer">The consumer, if it is about one.</param>
/// <param name="Type">The type of the messages whose verdict it tells.</param>
/// <param name="Verdict">That verdict.</param>
/// <param name="Destination">The destination, if it is about the outbox.</param>
internal readonly record struct EmfKey(string? Consumer, string? Type, string? Verdict, string? Destination)
{
    /// <summary>What counts no verdict is told by consumer only.</summary>
    public static EmfKey Of(EmfTags tags) => tags.Consumer is null
        ? new(null, null, null, tags.Destination)
        : new(tags.Consumer, tags.Verdict is null ? null : tags.Type, tags.Verdict, null);
}
