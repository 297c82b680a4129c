using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.S3.Content;

/// <summary>The body of a request: out of its chunks, and held against everything the client said about it.</summary>
/// <param name="Bytes">The object's, the part's, or the document's.</param>
/// <param name="Checksum">What the client gave and what holds; null when it gave none.</param>
/// <param name="HasDigest">Whether there was a Content-MD5 or a checksum.</param>
internal sealed record RequestContent(byte[] Bytes, Checksum? Checksum, bool HasDigest)
{
    private const string Streaming = "STREAMING-";

    /// <param name="request">Its headers count.</param>
    /// <param name="body">As it was sent.</param>
    /// <param name="ofBody">False where checksum headers speak of something else: of the object that an upload's completion makes.</param>
    /// <exception cref="Http.ServiceException">A digest does not match, or the chunks are malformed.</exception>
    public static RequestContent Read(HttpRequest request, byte[] body, bool ofBody = true)
    {
        var headers = request.Headers;
        var hash = headers["x-amz-content-sha256"].ToString();
        IReadOnlyDictionary<string, string> trailers = new Dictionary<string, string>();
        if (hash.StartsWith(Streaming, StringComparison.Ordinal))
        {
            if (!long.TryParse(headers["x-amz-decoded-content-length"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                throw S3Error.MissingLength();
            }

            (body, trailers) = ChunkedContent.Read(body, length);
            CheckTrailers(headers["x-amz-trailer"].ToString(), trailers);
        }
        else if (hash.Length == 64 && !hash.Equals(Convert.ToHexStringLower(SHA256.HashData(body)), StringComparison.OrdinalIgnoreCase))
        {
            throw S3Error.ContentHashMismatch();
        }

        if (body.Length > Limits.ObjectRequestBytes)
        {
            throw S3Error.EntityTooLarge();
        }

        var digest = headers["Content-MD5"].ToString();
        CheckMd5(digest, body);
        var checksum = ofBody ? Check(headers, trailers, body) : null;
        return new(body, checksum, digest.Length > 0 || checksum is not null);
    }

    private static void CheckTrailers(string announced, IReadOnlyDictionary<string, string> trailers)
    {
        var names = announced.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length != trailers.Count || !names.All(name => trailers.ContainsKey(name.ToLowerInvariant())))
        {
            throw S3Error.MalformedTrailer();
        }
    }

    private static void CheckMd5(string digest, byte[] body)
    {
        Span<byte> expected = stackalloc byte[16];
        if (digest.Length == 0)
        {
            return;
        }

        if (!Convert.TryFromBase64String(digest, expected, out var length) || length != expected.Length)
        {
            throw S3Error.InvalidDigest();
        }

        if (!expected.SequenceEqual(ETag.Md5(body)))
        {
            throw S3Error.BadDigest("Content-MD5");
        }
    }

    private static Checksum? Check(IHeaderDictionary headers, IReadOnlyDictionary<string, string> trailers, byte[] body)
    {
        var given = ChecksumAlgorithm.All
            .Select(algorithm => (Algorithm: algorithm, Value: headers[algorithm.Header].ToString() is { Length: > 0 } value ? value : trailers.GetValueOrDefault(algorithm.Header)))
            .Where(checksum => checksum.Value is not null)
            .ToList();
        if (given.Count > 1)
        {
            throw S3Error.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }

        if (given.Count == 0)
        {
            return headers.ContainsKey("x-amz-sdk-checksum-algorithm")
                ? throw S3Error.InvalidRequest("x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.")
                : null;
        }

        var (algorithm, text) = given[0];
        var value = new byte[algorithm.Size];
        if (!Convert.TryFromBase64String(text!, value, out var length) || length != value.Length)
        {
            throw S3Error.InvalidRequest($"Value for {algorithm.Header} header is invalid.");
        }

        return value.AsSpan().SequenceEqual(algorithm.Of(body)) ? new(algorithm, Convert.ToBase64String(value)) : throw S3Error.BadDigest(algorithm.Name);
    }
}
