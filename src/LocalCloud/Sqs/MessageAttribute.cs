using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LocalCloud.Sqs;

/// <summary>A message attribute: a name, a type such as <c>String</c> or <c>Number.int</c>, and text or bytes.</summary>
internal sealed record MessageAttribute(string Name, string DataType, string? Text, byte[]? Binary)
{
    /// <summary>Bytes that count against the message size limit.</summary>
    public int Size => Encoding.UTF8.GetByteCount(Name) + Encoding.UTF8.GetByteCount(DataType) + (Binary?.Length ?? Encoding.UTF8.GetByteCount(Text!));

    /// <summary>Bytes of a message: its body and its attributes.</summary>
    public static long SizeOf(byte[] body, MessageAttribute[] attributes)
    {
        long size = body.Length;
        foreach (var attribute in attributes)
        {
            size += attribute.Size;
        }

        return size;
    }

    /// <summary>The MD5 that clients compare: over name, type and value of each attribute, sorted by name, each with its length before it.</summary>
    public static string Digest(ReadOnlySpan<MessageAttribute> sorted)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var attribute in sorted)
        {
            Append(md5, Encoding.UTF8.GetBytes(attribute.Name));
            Append(md5, Encoding.UTF8.GetBytes(attribute.DataType));
            md5.AppendData(attribute.Binary is null ? [1] : [2]);
            Append(md5, attribute.Binary ?? Encoding.UTF8.GetBytes(attribute.Text!));
        }

        return Convert.ToHexStringLower(md5.GetHashAndReset());
    }

    private static void Append(IncrementalHash md5, byte[] value)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        md5.AppendData(length);
        md5.AppendData(value);
    }
}
