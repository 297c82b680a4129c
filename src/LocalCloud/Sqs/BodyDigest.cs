using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace LocalCloud.Sqs;

/// <summary>The MD5 of a body, which clients compare with their own.</summary>
internal static class BodyDigest
{
    [SuppressMessage("Security", "CA5351", Justification = "The protocol's checksum against transmission errors; it protects nothing.")]
    public static string Of(byte[] body) => Convert.ToHexStringLower(MD5.HashData(body));
}
