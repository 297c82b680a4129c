using System.Text;
using System.Text.Json;
using Amazon.KeyManagementService;
using Messaging.Envelope;
using Messaging.Publishing;

namespace Messaging.Encryption;

/// <summary>
/// Encrypts the data of messages, or some members of it, by AES-256-GCM with data keys from KMS. The attributes of the envelope stay in the clear, so that filters
/// and routes work. Make one for the life of a process: it keeps data keys, and disposing zeroes them.
/// </summary>
/// <param name="kms">Makes and opens data keys.</param>
/// <param name="options">Which keys, and for how long.</param>
/// <param name="time">The clock.</param>
public sealed class PayloadEncryption(IAmazonKeyManagementService kms, PayloadEncryptionOptions options, TimeProvider time) : IDisposable
{
    private readonly KmsDataKeys _keys = new(kms, options, time);

    /// <summary>Encrypts what <see cref="OutgoingMessage.Encryption"/> asks for: a <see cref="PrepareMessage"/>. A claim check comes after it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the waiting for KMS.</param>
    /// <returns>The same message, or one with its data encrypted, that asks for nothing any more.</returns>
    /// <exception cref="ArgumentException">It has no member of that path, or its body is no envelope. Nothing of it is in the clear yet, for nothing was sent.</exception>
    /// <exception cref="PayloadException">KMS made no data key.</exception>
    public ValueTask<OutgoingMessage> PrepareAsync(OutgoingMessage message, CancellationToken cancellationToken) =>
        message.Encryption is { } what ? EncryptAsync(message, what, cancellationToken) : new(message);

    /// <summary>Zeroes the data keys.</summary>
    public void Dispose() => _keys.Dispose();

    /// <summary>The data of a message in the clear.</summary>
    /// <exception cref="PayloadException">It was not encrypted for this message and place, or by a key that this consumer may not use; or KMS did not answer.</exception>
    internal async ValueTask<ReadOnlyMemory<byte>> DecryptAsync(CloudEvent message, ReadOnlyMemory<byte> data, DataEncryption encryption, CancellationToken cancellationToken)
    {
        if (encryption.Algorithm != DataEncryption.Aes256Gcm)
            throw Unusable("The data is encrypted in a way that this version does not know.");
        if (encryption.KeyId != options.KeyArn && !options.AlsoReads.Contains(encryption.KeyId))
            throw Unusable("The data is encrypted by another key than this consumer reads with. Name that key in its options, if it is one to trust.");
        var what = EncryptedData.Parse(encryption.Members) ?? throw Unusable("The list of encrypted members is no list of paths.");
        var places = PlacesOf(data.Span, what, out var missing);
        if (missing is not null)
            throw Unusable($"The member {missing} was encrypted, and is not there.");

        var key = await _keys.OpenAsync(message.Type, encryption, cancellationToken).ConfigureAwait(false);
        try
        {
            using var cipher = key.NewCipher();
            var values = new byte[places.Count][];
            for (var i = 0; i < values.Length; i++)
            {
                var (start, length, name) = places[i];
                values[i] = SealedValue.Open(cipher, data.Span.Slice(start, length), AssociatedData.Of(message, encryption, name))
                    ?? throw Unusable($"The encrypted data at {name} was changed, or is of another message or place.");
            }

            return MemberPlaces.Replace(data.Span, places, values);
        }
        finally
        {
            key.Release();
        }
    }

    private static IReadOnlyList<MemberPlace> PlacesOf(ReadOnlySpan<byte> data, EncryptedData what, out string? missing)
    {
        missing = null;
        if (what.Paths.Count == 0)
            return [new(0, data.Length, AssociatedData.Whole)];
        (var found, missing) = MemberPlaces.Find(data, what);
        return found;
    }

    private static PayloadException Unusable(string sentence) => new(sentence) { IsFinal = true };

    private async ValueTask<OutgoingMessage> EncryptAsync(OutgoingMessage message, EncryptedData what, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(message.Body);
        var envelope = CloudEventReader.Read(body, null);
        if (envelope is not { Event: { } attributes, Encryption: null } || !body.AsSpan().Overlaps(envelope.Data.Span, out var dataAt))
            throw new ArgumentException($"The body of message {message.Type} {message.Id} is no envelope that can be encrypted: a pointer, encrypted already, or wrapped. Encrypt before the claim check, and once.", nameof(message));
        if (attributes.Id != message.Id || attributes.Type != message.Type)
            throw new ArgumentException($"The message {message.Type} {message.Id} has the envelope of another one.", nameof(message));
        var places = PlacesOf(envelope.Data.Span, what, out var missing);
        if (missing is not null)
            throw new ArgumentException($"The message {message.Type} {message.Id} has no member {missing} to encrypt. Correct the path in its contract, or write the member as null where it has no value.", nameof(message));

        var key = await NewKeyAsync(message, Math.Max(1, places.Count), cancellationToken).ConfigureAwait(false);
        try
        {
            var encryption = new DataEncryption(DataEncryption.Aes256Gcm, key.KeyId, key.Wrapped, what.List);
            using var cipher = key.NewCipher();
            var values = new byte[places.Count][];
            for (var i = 0; i < values.Length; i++)
                values[i] = SealedValue.Seal(cipher, envelope.Data.Span.Slice(places[i].Start, places[i].Length), AssociatedData.Of(attributes, encryption, places[i].Name));
            return message with { Body = Compose(body, dataAt, envelope.Data.Length, MemberPlaces.Replace(envelope.Data.Span, places, values), encryption), Encryption = null };
        }
        finally
        {
            key.Release();
        }
    }

    private async ValueTask<DataKey> NewKeyAsync(OutgoingMessage message, int uses, CancellationToken cancellationToken)
    {
        try
        {
            return await _keys.NewAsync(message.Type, uses, cancellationToken).ConfigureAwait(false);
        }
        catch (PayloadException e)
        {
            throw new PayloadException($"The message {message.Type} {message.Id} could not be encrypted: {e.Message} Nothing was sent.", e);
        }
    }

    // The envelope as it was, byte for byte, with the extensions in front and other data.
    private static string Compose(ReadOnlySpan<byte> body, int dataAt, int dataLength, ReadOnlySpan<byte> data, DataEncryption encryption)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        var inside = (int)json.BytesConsumed;
        var members = encryption.Members is { } list ? $"\"dataencryptedmembers\":\"{list}\"," : "";
        var extensions = $"\"dataencryption\":\"{encryption.Algorithm}\",\"dataencryptionkeyid\":\"{encryption.KeyId}\",\"dataencryptionkey\":\"{encryption.WrappedKey}\",{members}";
        return string.Concat(
            Encoding.UTF8.GetString(body[..inside]),
            extensions,
            Encoding.UTF8.GetString(body[inside..dataAt]) + Encoding.UTF8.GetString(data),
            Encoding.UTF8.GetString(body[(dataAt + dataLength)..]));
    }
}
