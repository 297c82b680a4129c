namespace Messaging;

/// <summary>
/// A payload could not be put away, fetched, encrypted or decrypted. The sentence names the message or the object and never quotes the payload. Of a message that
/// is consumed it becomes a verdict: a dead letter where no further try can help, else a retry that counts as no attempt.
/// </summary>
public sealed class PayloadException : Exception
{
    /// <inheritdoc/>
    public PayloadException()
    {
    }

    /// <inheritdoc/>
    public PayloadException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public PayloadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>True where no further try can help.</summary>
    public bool IsFinal { get; init; }
}
