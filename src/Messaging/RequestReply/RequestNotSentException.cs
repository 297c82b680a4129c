namespace Messaging.RequestReply;

/// <summary>A request that the queue did not take, or may not have: nobody waits for its reply any more.</summary>
public sealed class RequestNotSentException : Exception
{
    /// <inheritdoc/>
    public RequestNotSentException()
    {
    }

    /// <inheritdoc/>
    public RequestNotSentException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public RequestNotSentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
