namespace Messaging.RequestReply;

/// <summary>
/// Where a reply goes: the logical name of a queue, never its address, and which of the processes that share it has asked. In the envelope it is
/// <c>replyto</c>, a URI reference: <c>availability-replies#5f0c…</c>.
/// </summary>
/// <param name="Queue">The logical name.</param>
/// <param name="Client">The process.</param>
internal readonly record struct ReplyAddress(string Queue, string Client)
{
    /// <summary>Null where it is none.</summary>
    public static ReplyAddress? TryParse(string? text) =>
        text?.Split('#') is [{ Length: > 0 } queue, { Length: > 0 } client] ? new ReplyAddress(queue, client) : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Queue}#{Client}";
}
