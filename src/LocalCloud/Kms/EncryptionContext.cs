using System.Buffers.Binary;
using System.Text;

namespace LocalCloud.Kms;

/// <summary>The pairs that are authenticated with a ciphertext, in one form whatever their order.</summary>
internal static class EncryptionContext
{
    /// <summary>Bytes of all names and values.</summary>
    public const int Largest = 8 * 1024;

    /// <summary>Names in the order of their UTF-16 units; each string with its length, so that no two contexts look alike.</summary>
    /// <exception cref="Http.ServiceException">It is too large.</exception>
    public static byte[] Canonical(IReadOnlyDictionary<string, string> context)
    {
        var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var (name, value) in context.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            foreach (var text in new[] { Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value) })
            {
                BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
                bytes.Write(length);
                bytes.Write(text);
            }
        }

        return bytes.Length - (context.Count * 2L * sizeof(int)) <= Largest ? bytes.ToArray()
            : throw KmsError.Validation($"An encryption context has at most {Largest} bytes.");
    }
}
