using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;

namespace Messaging.Encryption;

/// <summary>Data keys, made and opened by KMS for messages of one type: that is their encryption context, which a key policy can name.</summary>
internal sealed class KmsDataKeys(IAmazonKeyManagementService kms, PayloadEncryptionOptions options, TimeProvider time) : IDisposable
{
    private const string Context = "messagetype";

    // No try helps as long as nobody changes rights or keys, so the message waits where somebody looks.
    private static readonly HashSet<string> Refusals = new(StringComparer.Ordinal)
    {
        "AccessDeniedException", "DisabledException", "IncorrectKeyException", "InvalidCiphertextException", "InvalidKeyUsageException", "KMSInvalidStateException", "NotFoundException",
    };

    private readonly DataKeyCache _own = new(options.MaxAge, options.MostUses, options.MostKeys, time);
    private readonly DataKeyCache _others = new(options.MaxAge, long.MaxValue, options.MostKeys, time);

    /// <summary>A key for messages that are sent, held.</summary>
    /// <exception cref="PayloadException">KMS made none.</exception>
    public ValueTask<DataKey> NewAsync(string type, int uses, CancellationToken cancellationToken) =>
        _own.HoldAsync(type, uses, () => GenerateAsync(type), cancellationToken);

    /// <summary>The key of a message that was received, held.</summary>
    /// <exception cref="PayloadException">KMS did not open it.</exception>
    public ValueTask<DataKey> OpenAsync(string type, DataEncryption encryption, CancellationToken cancellationToken) =>
        _others.HoldAsync($"{type} {encryption.KeyId} {encryption.WrappedKey}", 0, () => DecryptAsync(type, encryption), cancellationToken);

    /// <summary>Zeroes all keys that nobody uses, and the others as soon as nobody does.</summary>
    public void Dispose()
    {
        _own.Dispose();
        _others.Dispose();
    }

    private async Task<DataKey> GenerateAsync(string type)
    {
        using var limit = new TimeLimit(options.Patience, time, CancellationToken.None);
        try
        {
            var request = new GenerateDataKeyRequest { KeyId = options.KeyArn, KeySpec = DataKeySpec.AES_256, EncryptionContext = new() { [Context] = type } };
            var response = await kms.GenerateDataKeyAsync(request, limit.Token).ConfigureAwait(false);
            return new(response.Plaintext, response.KeyId, Convert.ToBase64String(response.CiphertextBlob.ToArray()));
        }
        catch (Exception e) when (e is not PayloadException)
        {
            throw new PayloadException($"{options.KeyArn} made no data key for {type}: {Reason(e, "kms:GenerateDataKey")}", e);
        }
    }

    private async Task<DataKey> DecryptAsync(string type, DataEncryption encryption)
    {
        var wrapped = new byte[encryption.WrappedKey.Length];
        if (!Convert.TryFromBase64String(encryption.WrappedKey, wrapped, out var length) || length == 0)
            throw new PayloadException("The data key of the message is not base64.") { IsFinal = true };

        using var limit = new TimeLimit(options.Patience, time, CancellationToken.None);
        try
        {
            var request = new DecryptRequest { KeyId = encryption.KeyId, CiphertextBlob = new(wrapped, 0, length), EncryptionContext = new() { [Context] = type } };
            var response = await kms.DecryptAsync(request, limit.Token).ConfigureAwait(false);
            return new(response.Plaintext, encryption.KeyId, encryption.WrappedKey);
        }
        catch (Exception e) when (e is not PayloadException)
        {
            var isFinal = e is AmazonKeyManagementServiceException { ErrorCode: { } code } && Refusals.Contains(code);
            throw new PayloadException($"{encryption.KeyId} did not open the data key of the message: {Reason(e, "kms:Decrypt")}", e) { IsFinal = isFinal };
        }
    }

    private static string Reason(Exception exception, string action) => exception switch
    {
        AmazonKeyManagementServiceException { ErrorCode: "AccessDeniedException" } => $"AccessDeniedException. Allow {action} on it.",
        DisabledException or KMSInvalidStateException => $"{exception.GetType().Name}. Enable the key.",
        NotFoundException => "NotFoundException. There is no such key.",
        InvalidCiphertextException or IncorrectKeyException => $"{exception.GetType().Name}. It was made by another key, for another type, or was changed.",
        AmazonKeyManagementServiceException { ErrorCode: { Length: > 0 } code } => $"{code}.",
        OperationCanceledException => "KMS did not answer in time.",
        _ => $"{exception.GetType().Name}.",
    };
}
