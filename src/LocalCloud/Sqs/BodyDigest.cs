using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace LocalCloud.Sqs;

/// <summary>The MD5 of a body, which clients compare with their own.</summary>
internal readonly record struct BodyDigest(UInt128 Bytes)
{
    [SuppressMessage("Security", "CA5351", Justification = "The protocol's checksum against transmission errors; it protects nothing.")]
    public static BodyDigest Of(ReadOnlySpan<byte> body)
    {
        UInt128 bytes = default;
        MD5.HashData(body, MemoryMarshal.AsBytes(new Span<UInt128>(ref bytes)));
        return new(bytes);
    }

    /// <summary>Writes it in lower-case hexadecimal digits.</summary>
    public void Write(Utf8JsonWriter output, ReadOnlySpan<byte> name)
    {
        var bytes = Bytes;
        Span<byte> digits = stackalloc byte[32];
        Convert.TryToHexStringLower(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(ref bytes)), digits, out _);
        output.WriteString(name, digits);
    }
}
