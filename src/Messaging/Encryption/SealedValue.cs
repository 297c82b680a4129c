using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Messaging.Encryption;

/// <summary>A JSON value that is encrypted: a string with nonce, ciphertext and tag in base64.</summary>
internal static class SealedValue
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>The nonce is random: a key that is used fewer than 2^32 times never meets one twice, but with a chance of 2^-32.</summary>
    public static byte[] Seal(AesGcm cipher, ReadOnlySpan<byte> value, ReadOnlySpan<byte> associated)
    {
        var length = NonceBytes + value.Length + TagBytes;
        var text = new byte[Base64.GetMaxEncodedToUtf8Length(length) + 2];
        var sealedBytes = text.AsSpan(1, length);
        var (nonce, encrypted, tag) = Parts(sealedBytes);
        RandomNumberGenerator.Fill(nonce);
        cipher.Encrypt(nonce, value, encrypted, tag, associated);
        Base64.EncodeToUtf8InPlace(text.AsSpan(1), length, out _);
        text[0] = text[^1] = (byte)'"';
        return text;
    }

    /// <summary>Null where it was not sealed with this key for this place.</summary>
    public static byte[]? Open(AesGcm cipher, ReadOnlySpan<byte> json, ReadOnlySpan<byte> associated)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out var sealedBytes) || sealedBytes.Length < NonceBytes + TagBytes)
            return null;
        var (nonce, encrypted, tag) = Parts(sealedBytes);
        var value = new byte[encrypted.Length];
        try
        {
            cipher.Decrypt(nonce, encrypted, tag, value, associated);
            return value;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static SealedParts Parts(Span<byte> bytes) => new(bytes[..NonceBytes], bytes[NonceBytes..^TagBytes], bytes[^TagBytes..]);

    private readonly ref struct SealedParts(Span<byte> nonce, Span<byte> encrypted, Span<byte> tag)
    {
        private readonly Span<byte> _nonce = nonce;
        private readonly Span<byte> _encrypted = encrypted;
        private readonly Span<byte> _tag = tag;

        public void Deconstruct(out Span<byte> nonce, out Span<byte> encrypted, out Span<byte> tag)
        {
            nonce = _nonce;
            encrypted = _encrypted;
            tag = _tag;
        }
    }
}
