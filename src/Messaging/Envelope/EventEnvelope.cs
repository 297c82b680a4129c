using Messaging.ClaimCheck;
using Messaging.Encryption;

namespace Messaging.Envelope;

/// <summary>A body that was read: an event, or the pointer to where it is.</summary>
/// <param name="Event">Its attributes; null where there is a pointer.</param>
/// <param name="Data">Its data.</param>
internal readonly record struct EventEnvelope(CloudEvent? Event, ReadOnlyMemory<byte> Data)
{
    /// <summary>Where the body is, if it is in S3.</summary>
    public PayloadPointer? Pointer { get; init; }

    /// <summary>How the data is encrypted, if it is.</summary>
    public DataEncryption? Encryption { get; init; }
}
