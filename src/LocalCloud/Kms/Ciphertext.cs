using System.Buffers.Binary;

namespace LocalCloud.Kms;

/// <summary>What Encrypt gives out: format, key id, version of the key, nonce, tag, ciphertext. The head is authenticated too.</summary>
/// <param name="KeyId">The key it was made with.</param>
/// <param name="Version">Which of the key's materials, from 0.</param>
/// <param name="Blob">All of it.</param>
internal sealed record Ciphertext(string KeyId, int Version, byte[] Blob)
{
    /// <summary>Bytes of the largest blob.</summary>
    public const int Largest = 6144;

    private const byte Format = 1;
    private const int VersionAt = 1 + 16;
    private const int HeadBytes = VersionAt + sizeof(int);

    public static byte[] Seal(KmsKey key, ReadOnlySpan<byte> plaintext, byte[] context)
    {
        var blob = new byte[HeadBytes + KeyMaterial.NonceBytes + KeyMaterial.TagBytes + plaintext.Length];
        blob[0] = Format;
        Guid.ParseExact(key.Id, "D").TryWriteBytes(blob.AsSpan(1), bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(blob.AsSpan(VersionAt), key.Materials.Length - 1);
        key.Materials[^1].Seal(plaintext, [.. blob[..HeadBytes], .. context], blob.AsSpan(HeadBytes));
        return blob;
    }

    /// <summary>Null when the bytes are none of ours.</summary>
    public static Ciphertext? Read(byte[] blob) => blob.Length < HeadBytes + KeyMaterial.NonceBytes + KeyMaterial.TagBytes || blob[0] != Format ? null
        : new Ciphertext(new Guid(blob.AsSpan(1, 16), bigEndian: true).ToString(), BinaryPrimitives.ReadInt32BigEndian(blob.AsSpan(VersionAt)), blob);

    /// <exception cref="Http.ServiceException">The blob has been tampered with, or the context is another one.</exception>
    public byte[] Open(KmsKey key, byte[] context) =>
        (Version >= 0 && Version < key.Materials.Length ? key.Materials[Version].Open(Blob.AsSpan(HeadBytes), [.. Blob[..HeadBytes], .. context]) : null)
        ?? throw KmsError.InvalidCiphertext();
}
