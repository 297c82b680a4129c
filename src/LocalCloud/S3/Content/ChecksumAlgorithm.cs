using System.Security.Cryptography;

namespace LocalCloud.S3.Content;

/// <summary>A way to check an object's bytes that S3 knows.</summary>
/// <param name="Name">In parameters: <c>CRC64NVME</c>. In lower case it ends the header's name.</param>
/// <param name="Size">Bytes of a value.</param>
/// <param name="Of">Computes it.</param>
/// <param name="IsCrc">A whole object's value can be told from its parts: it may be FULL_OBJECT in a multipart upload.</param>
internal sealed record ChecksumAlgorithm(string Name, int Size, Func<ReadOnlySpan<byte>, byte[]> Of, bool IsCrc)
{
    public static ChecksumAlgorithm Crc64Nvme { get; } = new("CRC64NVME", 8, Crc.Crc64Nvme.Of, IsCrc: true);

#pragma warning disable CA5350 // SHA-1 is one of the algorithms that clients may choose.
    public static IReadOnlyList<ChecksumAlgorithm> All { get; } =
    [
        new("CRC32", 4, Crc.Crc32.Of, IsCrc: true),
        new("CRC32C", 4, Crc.Crc32C.Of, IsCrc: true),
        Crc64Nvme,
        new("SHA1", 20, bytes => SHA1.HashData(bytes), IsCrc: false),
        new("SHA256", 32, bytes => SHA256.HashData(bytes), IsCrc: false),
    ];
#pragma warning restore CA5350

    public string Header => "x-amz-checksum-" + Name.ToLowerInvariant();

    /// <summary>The XML element that holds a value.</summary>
    public string Element => "Checksum" + Name;

    /// <exception cref="Http.ServiceException">S3 has no such algorithm.</exception>
    public static ChecksumAlgorithm Named(string name) => All.FirstOrDefault(algorithm => algorithm.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw S3Error.InvalidRequest("Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");

    public static ChecksumAlgorithm? OfHeader(string header) =>
        All.FirstOrDefault(algorithm => algorithm.Header.Equals(header, StringComparison.OrdinalIgnoreCase));
}
