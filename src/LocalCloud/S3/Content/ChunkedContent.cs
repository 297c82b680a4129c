using System.Globalization;
using System.Text;

namespace LocalCloud.S3.Content;

/// <summary>Takes an <c>aws-chunked</c> body apart: <c>size;chunk-signature=…</c>, the bytes, …, a chunk of size 0, and trailing headers.</summary>
/// <param name="Bytes">The object's.</param>
/// <param name="Trailers">By name in lower case, without the trailer's signature.</param>
internal sealed record ChunkedContent(byte[] Bytes, IReadOnlyDictionary<string, string> Trailers)
{
    private const int LongestLine = 1024;
    private const int MostTrailers = 10;

    /// <param name="body">As it was sent.</param>
    /// <param name="length">What <c>x-amz-decoded-content-length</c> promised.</param>
    /// <exception cref="Http.ServiceException">The chunks are malformed or do not add up to the length.</exception>
    public static ChunkedContent Read(ReadOnlySpan<byte> body, long length)
    {
        if (length > body.Length)
        {
            throw S3Error.IncompleteBody();
        }

        var content = new byte[length];
        var filled = 0;
        while (true)
        {
            var line = Line(ref body);
            var semicolon = line.IndexOf(';', StringComparison.Ordinal);
            if (!int.TryParse(semicolon < 0 ? line : line[..semicolon], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size)
                || size < 0 || size > body.Length || size > content.Length - filled)
            {
                throw S3Error.IncompleteBody();
            }

            if (size == 0)
            {
                break;
            }

            body[..size].CopyTo(content.AsSpan(filled));
            filled += size;
            body = body[size..];
            if (!body.StartsWith("\r\n"u8))
            {
                throw S3Error.IncompleteBody();
            }

            body = body[2..];
        }

        return filled == content.Length ? new(content, ReadTrailers(body)) : throw S3Error.IncompleteBody();
    }

    private static Dictionary<string, string> ReadTrailers(ReadOnlySpan<byte> rest)
    {
        var trailers = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!rest.IsEmpty && Line(ref rest) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || trailers.Count == MostTrailers)
            {
                throw S3Error.MalformedTrailer();
            }

            trailers[line[..colon].Trim().ToLowerInvariant()] = line[(colon + 1)..].Trim();
        }

        trailers.Remove("x-amz-trailer-signature");
        return trailers;
    }

    // Up to the next line feed: some clients end the last trailer with a bare one.
    private static string Line(ref ReadOnlySpan<byte> rest)
    {
        var end = rest[..Math.Min(rest.Length, LongestLine)].IndexOf((byte)'\n');
        if (end < 0)
        {
            throw S3Error.IncompleteBody();
        }

        var line = Encoding.Latin1.GetString(rest[..end]).TrimEnd('\r');
        rest = rest[(end + 1)..];
        return line;
    }
}
