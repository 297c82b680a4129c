using System.Security.Cryptography;

namespace LocalCloud.Kms;

/// <summary>The secret of one version of a key. It leaves this class neither as text nor as bytes.</summary>
internal sealed class KeyMaterial
{
    public const int NonceBytes = 12;
    public const int TagBytes = 16;

    private const int KeyBytes = 32;

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>Names this version without giving anything away: 64 hex digits.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>Fills nonce, tag and ciphertext, in this order.</summary>
    public void Seal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> authenticated, Span<byte> destination)
    {
        RandomNumberGenerator.Fill(destination[..NonceBytes]);
        using var aes = new AesGcm(_secret, TagBytes);
        aes.Encrypt(destination[..NonceBytes], plaintext, destination[(NonceBytes + TagBytes)..], destination.Slice(NonceBytes, TagBytes), authenticated);
    }

    /// <returns>The plaintext, or null when the ciphertext or what was authenticated with it is another one.</returns>
    public byte[]? Open(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> authenticated)
    {
        var plaintext = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_secret, TagBytes);
        try
        {
            aes.Decrypt(sealedBytes[..NonceBytes], sealedBytes[(NonceBytes + TagBytes)..], sealedBytes.Slice(NonceBytes, TagBytes), plaintext, authenticated);
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
