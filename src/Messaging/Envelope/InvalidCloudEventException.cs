namespace Messaging.Envelope;

/// <summary>A body that is not a CloudEvents 1.0 message. The sentence names the attribute, never the content.</summary>
public sealed class InvalidCloudEventException : Exception
{
    /// <inheritdoc/>
    public InvalidCloudEventException()
    {
    }

    /// <inheritdoc/>
    public InvalidCloudEventException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidCloudEventException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
