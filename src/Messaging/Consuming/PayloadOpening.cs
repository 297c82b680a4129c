using Messaging.ClaimCheck;
using Messaging.Encryption;
using Messaging.Envelope;

namespace Messaging.Consuming;

/// <summary>Gets at what a consumer cannot read at once: bodies in S3, and encrypted data. Refuses what should have been encrypted.</summary>
/// <param name="consumer">The consumer's name.</param>
internal sealed class PayloadOpening(string consumer)
{
    private readonly Dictionary<string, EncryptedData> _demanded = new(StringComparer.Ordinal);

    public PayloadBucket? Bucket { get; set; }

    public PayloadEncryption? Encryption { get; set; }

    public bool DemandsEncryption => _demanded.Count > 0;

    public void Demand(string type, EncryptedData what) => _demanded[type] = what;

    /// <summary>The envelope that a pointer leads to.</summary>
    /// <exception cref="PayloadException">It cannot be fetched.</exception>
    public async ValueTask<EventEnvelope> FetchAsync(PayloadPointer pointer, Delivery delivery, RecurringNames names, CancellationToken cancellationToken)
    {
        if (Bucket is null)
            throw Unusable($"The payload is at {pointer}, and {consumer} has no bucket to read from. Set {nameof(Consumer)}.{nameof(Consumer.Payloads)}.");
        var payload = await Bucket.FetchAsync(pointer, PayloadBucket.SizeOf(delivery.Attributes), cancellationToken).ConfigureAwait(false);
        return CloudEventReader.Read(payload, names) is { Pointer: null } envelope ? envelope : throw Unusable($"The payload {pointer} is itself a pointer to another one.");
    }

    /// <summary>The data in the clear.</summary>
    /// <exception cref="PayloadException">It cannot be decrypted, or should have been encrypted.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> DecryptAsync(CloudEvent attributes, EventEnvelope envelope, CancellationToken cancellationToken)
    {
        if (_demanded.GetValueOrDefault(attributes.Type) is { } demanded && !demanded.IsKeptBy(envelope.Encryption))
            throw Unusable($"{consumer} takes '{attributes.Type}' only with {demanded.List ?? "all its data"} encrypted, and that is in the clear.");
        if (envelope.Encryption is null)
            return envelope.Data;
        if (Encryption is null)
            throw Unusable($"The data is encrypted, and {consumer} has no key to read with. Set {nameof(Consumer)}.{nameof(Consumer.Encryption)}.");
        return await Encryption.DecryptAsync(attributes, envelope.Data, envelope.Encryption, cancellationToken).ConfigureAwait(false);
    }

    private static PayloadException Unusable(string sentence) => new(sentence) { IsFinal = true };
}
