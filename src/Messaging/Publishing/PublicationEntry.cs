namespace Messaging.Publishing;

/// <summary>A message on its way to a destination.</summary>
/// <param name="message">The message.</param>
/// <param name="bytes">What it counts against the limits.</param>
internal sealed class PublicationEntry(Outbound message, int bytes)
{
    public Outbound Message => message;

    public int Bytes => bytes;

    /// <summary>The following message of its key.</summary>
    public PublicationEntry? Next { get; set; }

    public int Tries { get; set; }

    public bool IsOut { get; set; }

    /// <summary>Why it is not out; null while it waits.</summary>
    public PublishFailure? Failure { get; set; }

    /// <summary>Those that the destination would refuse have failed already.</summary>
    public static PublicationEntry[] Of(IReadOnlyList<Outbound> messages, string destination, DestinationCalls calls)
    {
        var entries = new PublicationEntry[messages.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var message = messages[i];
            var entry = entries[i] = new(message, OutboundRules.Bytes(message));
            if (OutboundRules.Fault(message, entry.Bytes, destination, calls.LargestMessage, calls.IsFifo) is { } fault)
                entry.Failure = new(message.Id, fault, PublishFailureCause.BadMessage);
        }

        return entries;
    }
}
