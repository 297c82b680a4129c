namespace Messaging.Encryption;

/// <summary>What an envelope tells about the encryption of its data: CloudEvents extensions, in the clear and authenticated.</summary>
/// <param name="Algorithm"><c>dataencryption</c>.</param>
/// <param name="KeyId"><c>dataencryptionkeyid</c>: the ARN of the key in KMS.</param>
/// <param name="WrappedKey"><c>dataencryptionkey</c>: the data key, encrypted by that key, in base64.</param>
/// <param name="Members"><c>dataencryptedmembers</c>: paths, joined by commas; null where the whole data is encrypted.</param>
internal sealed record DataEncryption(string Algorithm, string KeyId, string WrappedKey, string? Members)
{
    /// <summary>AES-256-GCM, as JSON Web Encryption names it.</summary>
    public const string Aes256Gcm = "A256GCM";
}
