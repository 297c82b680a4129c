using LocalCloud.Http;

namespace LocalCloud.S3.Content;

/// <summary>The checksum that S3 keeps with an object or a part.</summary>
/// <param name="Algorithm">What computed it.</param>
/// <param name="Value">Base64, of a composite one with <c>-</c> and the number of parts.</param>
/// <param name="IsComposite">Whether it is of the parts' checksums and not of the bytes.</param>
internal sealed record Checksum(ChecksumAlgorithm Algorithm, string Value, bool IsComposite = false)
{
    public string Type => IsComposite ? "COMPOSITE" : "FULL_OBJECT";

    public static Checksum Of(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> content) => new(algorithm, Convert.ToBase64String(algorithm.Of(content)));

    public static Checksum OfParts(ChecksumAlgorithm algorithm, IReadOnlyList<Checksum> parts)
    {
        byte[] values = [.. parts.SelectMany(part => Convert.FromBase64String(part.Value))];
        return new(algorithm, $"{Convert.ToBase64String(algorithm.Of(values))}-{parts.Count}", IsComposite: true);
    }

    public void Write(S3Answer answer) => answer.With(Algorithm.Header, Value).With("x-amz-checksum-type", Type);

    public void Write(XmlText xml, bool withType = true) => xml.Element(Algorithm.Element, Value).Element("ChecksumType", withType ? Type : null);
}
