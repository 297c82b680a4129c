using System.Runtime.CompilerServices;

namespace LocalCloud.Http;

/// <summary>Ids that need to be unique, not secret: a version 4 UUID without a system call.</summary>
internal static class RandomId
{
    public static Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<Guid>()];
        Random.Shared.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
