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
}
