namespace Messaging.Publishing;

/// <summary>A message for one destination.</summary>
/// <param name="Id">The envelope's id, and the deduplication id of FIFO destinations.</param>
/// <param name="Type">The envelope's type, sent as the attribute <c>type</c>.</param>
/// <param name="Key">The message group id of FIFO destinations.</param>
/// <param name="Body">The whole envelope, or the pointer to it.</param>
public sealed record Outbound(string Id, string Type, string Key, string Body)
{
    /// <summary>Attributes besides <c>type</c>.</summary>
    public IReadOnlyList<AttributeValue> Attributes { get; init; } = [];
}
