using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Messaging.Envelope;

namespace Messaging.Encryption;

/// <summary>
/// What a value is bound to besides its key: which message, of which type and source, encrypted how, and where in it. So it opens in no other message and in no
/// other place. Each text has its length before it: no two sets of texts are the same bytes.
/// </summary>
internal static class AssociatedData
{
    /// <summary>The place of the whole data.</summary>
    public const string Whole = "$";

    public static byte[] Of(CloudEvent message, DataEncryption encryption, string place)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        Add(buffer, "messaging data 1");
        Add(buffer, encryption.Algorithm);
        Add(buffer, encryption.KeyId);
        Add(buffer, encryption.WrappedKey);
        Add(buffer, encryption.Members ?? "");
        Add(buffer, message.Id);
        Add(buffer, message.Source);
        Add(buffer, message.Type);
        Add(buffer, place);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Add(ArrayBufferWriter<byte> buffer, string text)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(sizeof(int)), Encoding.UTF8.GetByteCount(text));
        buffer.Advance(sizeof(int));
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
    }
}
