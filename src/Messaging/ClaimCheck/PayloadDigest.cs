using System.Buffers;
using System.Security.Cryptography;

namespace Messaging.ClaimCheck;

/// <summary>A payload's SHA-256 is the last part of its key, so that it needs no attribute of its own, and the same payload is the same object.</summary>
internal static class PayloadDigest
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    public static string KeyOf(ReadOnlySpan<byte> payload, string prefix) => prefix + Convert.ToHexStringLower(SHA256.HashData(payload));

    /// <summary>False where the key names the digest of something else. The keys of other clients name none.</summary>
    public static bool Fits(string key, ReadOnlySpan<byte> payload)
    {
        var last = key.AsSpan()[(key.LastIndexOf('/') + 1)..];
        if (last.Length != 2 * SHA256.HashSizeInBytes || last.ContainsAnyExcept(Hexadecimal))
            return true;
        return last.SequenceEqual(Convert.ToHexStringLower(SHA256.HashData(payload)));
    }
}
