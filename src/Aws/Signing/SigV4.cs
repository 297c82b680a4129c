using System.Globalization;
using System.Security.Cryptography;

namespace Aws.Signing;

/// <summary>
/// AWS Signature Version 4 as a pure function of a request's pieces, a time and a key. Paths and queries are given as they stand in the request line.
/// For S3, whose paths are encoded once and never normalized, give the decoded path and <c>normalize: false</c>.
/// </summary>
internal static class SigV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    public const string EmptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>The time as <c>20150830T123600Z</c>; its first eight characters are the key's day.</summary>
    public static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The value of the <c>Authorization</c> header. <paramref name="headers"/> are those to sign: at least <c>host</c> and <c>x-amz-date</c>.</summary>
    public static string Authorization(
        SigV4Key key,
        string time,
        string method,
        string path,
        string query,
        ReadOnlySpan<KeyValuePair<string, string>> headers,
        ReadOnlySpan<char> payloadHash,
        bool normalize = true)
    {
        headers = CanonicalHeaders.Sort(headers);
        Span<char> signature = stackalloc char[64];
        Sign(key, time, method, path, CanonicalQuery.Of(query), headers, payloadHash, normalize, signature);
        var text = new Utf8Builder(stackalloc byte[512]);
        text.Add(Algorithm);
        text.Add(" Credential="u8);
        text.Add(key.AccessKeyId);
        text.Add((byte)'/');
        text.Add(key.Scope);
        text.Add(", SignedHeaders="u8);
        CanonicalHeaders.AddNames(ref text, headers);
        text.Add(", Signature="u8);
        text.Add(signature);
        var authorization = text.ToString();
        text.Dispose();
        return authorization;
    }

    /// <summary>The signature alone, in lower-case hexadecimal: for comparing with one that a request carries.</summary>
    public static string Signature(
        SigV4Key key,
        string time,
        string method,
        string path,
        string query,
        ReadOnlySpan<KeyValuePair<string, string>> headers,
        ReadOnlySpan<char> payloadHash,
        bool normalize = true)
    {
        Span<char> signature = stackalloc char[64];
        Sign(key, time, method, path, CanonicalQuery.Of(query), CanonicalHeaders.Sort(headers), payloadHash, normalize, signature);
        return signature.ToString();
    }

    /// <summary>The query of a presigned URL: <paramref name="query"/> with the signature's parameters added, good for <paramref name="expirySeconds"/>.</summary>
    public static string PresignedQuery(
        SigV4Key key,
        string time,
        int expirySeconds,
        string? sessionToken,
        string method,
        string path,
        string query,
        ReadOnlySpan<KeyValuePair<string, string>> headers,
        ReadOnlySpan<char> payloadHash,
        bool normalize = true)
    {
        headers = CanonicalHeaders.Sort(headers);
        var text = new Utf8Builder(stackalloc byte[1024]);
        text.Add(query);
        text.Add(query.Length == 0 ? "X-Amz-Algorithm="u8 : "&X-Amz-Algorithm="u8);
        text.Add(Algorithm);
        text.Add("&X-Amz-Credential="u8);
        text.AddEncoded(key.AccessKeyId, encodeSlash: true);
        text.Add("%2F"u8);
        text.AddEncoded(key.Scope, encodeSlash: true);
        text.Add("&X-Amz-Date="u8);
        text.Add(time);
        text.Add("&X-Amz-Expires="u8);
        text.Add(expirySeconds.ToString(CultureInfo.InvariantCulture));
        if (!string.IsNullOrEmpty(sessionToken))
        {
            text.Add("&X-Amz-Security-Token="u8);
            text.AddEncoded(sessionToken, encodeSlash: true);
        }

        text.Add("&X-Amz-SignedHeaders="u8);
        CanonicalHeaders.AddNames(ref text, headers, "%3B"u8);
        var canonical = CanonicalQuery.Of(text.ToString());
        text.Dispose();
        Span<char> signature = stackalloc char[64];
        Sign(key, time, method, path, canonical, headers, payloadHash, normalize, signature);
        return string.Concat(canonical, "&X-Amz-Signature=", signature);
    }

    private static void Sign(
        SigV4Key key,
        string time,
        string method,
        string path,
        string canonicalQuery,
        ReadOnlySpan<KeyValuePair<string, string>> headers,
        ReadOnlySpan<char> payloadHash,
        bool normalize,
        Span<char> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<char> hex = stackalloc char[64];
        var text = new Utf8Builder(stackalloc byte[1024]);
        text.Add(method);
        text.Add((byte)'\n');
        text.AddEncoded(normalize ? CanonicalPath.Normalize(path) : path, encodeSlash: false);
        text.Add((byte)'\n');
        text.Add(canonicalQuery);
        text.Add((byte)'\n');
        CanonicalHeaders.Add(ref text, headers);
        text.Add((byte)'\n');
        CanonicalHeaders.AddNames(ref text, headers);
        text.Add((byte)'\n');
        text.Add(payloadHash);
        Sha256.HashHex(text.Written, hex);

        text.Clear();
        text.Add(Algorithm);
        text.Add((byte)'\n');
        text.Add(time);
        text.Add((byte)'\n');
        text.Add(key.Scope);
        text.Add((byte)'\n');
        text.Add(hex);
        key.Sign(text.Written, hash);
        text.Dispose();
        Convert.TryToHexStringLower(hash, signature, out _);
    }
}
