using System.Security.Cryptography;
using LocalCloud.Persistence;

namespace LocalCloud.Kms;

/// <summary>The secret of one version of a key. It leaves this class neither as text nor as bytes, but for the journal's file.</summary>
internal sealed class KeyMaterial
{
    public const int NonceBytes = 12;
    public const int TagBytes = 16;

    private const int KeyBytes = 32;

    private readonly byte[] _secret;

    public KeyMaterial()
        : this(RandomNumberGenerator.GetHexString(64, lowercase: true), RandomNumberGenerator.GetBytes(KeyBytes))
    {
    }

    /// <summary>One that was made earlier.</summary>
    public KeyMaterial(string id, byte[] secret) => (Id, _secret) = (id, secret);

    /// <summary>Names this version without giving anything away: 64 hex digits.</summary>
    public string Id { get; }

    public void Write(RecordWriter record) => record.Add(_secret.AsSpan());

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
