using System.Buffers.Binary;

namespace LocalCloud.Sqs;

/// <summary>What a receive gives out to delete the message by: which queue, which message, which receive.</summary>
internal readonly record struct ReceiptHandle(long QueueKey, long MessageKey, long Receipt)
{
    // Tells a handle of ours from other base64 of the same length.
    private const uint Mark = 0x4C435248;
    private const int Length = 28;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Mark);
        BinaryPrimitives.WriteInt64BigEndian(bytes[4..], QueueKey);
        BinaryPrimitives.WriteInt64BigEndian(bytes[12..], MessageKey);
        BinaryPrimitives.WriteInt64BigEndian(bytes[20..], Receipt);
        return Convert.ToBase64String(bytes);
    }

    public static ReceiptHandle? TryParse(string text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return text.Length <= 64 && Convert.TryFromBase64String(text, bytes, out var written) && written == Length && BinaryPrimitives.ReadUInt32BigEndian(bytes) == Mark
            ? new ReceiptHandle(BinaryPrimitives.ReadInt64BigEndian(bytes[4..]), BinaryPrimitives.ReadInt64BigEndian(bytes[12..]), BinaryPrimitives.ReadInt64BigEndian(bytes[20..]))
            : null;
    }
}
