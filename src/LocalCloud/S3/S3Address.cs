using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LocalCloud.S3;

/// <summary>Which bucket and which object a request means: by its host (<c>bucket.s3.amazonaws.com</c>) or by its path.</summary>
/// <param name="Bucket">Null for the account.</param>
/// <param name="Key">Null for the bucket itself.</param>
/// <param name="Query">Without the question mark, still encoded.</param>
internal sealed record S3Address(string? Bucket, string? Key, string Query)
{
    private const string LocalHost = ".localhost";

    /// <summary>From the request line as it came: a server that tidies <c>..</c> or decodes twice would change keys.</summary>
    /// <exception cref="Http.ServiceException">The path is badly escaped, or no UTF-8.</exception>
    public static S3Address Of(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
        {
            var start = target.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? target.IndexOf('/', scheme + 3) : -1;
            target = start < 0 ? "/" : target[start..];
        }

        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var query = mark < 0 ? "" : target[(mark + 1)..];
        var path = Decode(mark < 0 ? target : target[..mark]) ?? throw S3Error.InvalidUri();
        if (BucketOf(request.Host.Host) is { } bucket)
        {
            return new(bucket, NullIfEmpty(path[1..]), query);
        }

        var slash = path.IndexOf('/', 1);
        return slash < 0 ? new(NullIfEmpty(path[1..]), null, query) : new(path[1..slash], NullIfEmpty(path[(slash + 1)..]), query);
    }

    /// <summary>The bucket that a host names in front; null for a host of the service itself.</summary>
    public static string? BucketOf(string host)
    {
        var end = host.EndsWith(LocalHost, StringComparison.OrdinalIgnoreCase) ? host.Length - LocalHost.Length
            : IsServiceHost(host, out var service) ? service
            : 0;
        var bucket = host[..end];
        // s3.localhost and s3.us-east-1.localhost are the service; bucket.s3.localhost is a bucket.
        var labels = bucket.Split('.');
        var s3 = Array.FindLastIndex(labels, label => label is "s3" or "s3-accelerate" || label.StartsWith("s3-", StringComparison.OrdinalIgnoreCase));
        bucket = s3 < 0 || s3 < labels.Length - 3 ? bucket : string.Join('.', labels[..s3]);
        return NullIfEmpty(bucket);
    }

    /// <summary>Whether only S3 listens at that host.</summary>
    public static bool IsS3Host(string host) =>
        IsServiceHost(host, out _)
        || (host.EndsWith(LocalHost, StringComparison.OrdinalIgnoreCase) && host[..^LocalHost.Length].Split('.').TakeLast(2).Contains("s3", StringComparer.OrdinalIgnoreCase));

    // bucket.s3.region.amazonaws.com, s3.amazonaws.com, s3.dualstack.region.amazonaws.com.cn, …
    private static bool IsServiceHost(string host, out int length)
    {
        const string aws = ".amazonaws.com";
        length = host.LastIndexOf(aws, StringComparison.OrdinalIgnoreCase);
        if (length < 0 || host[(length + aws.Length)..] is not ("" or ".cn"))
        {
            return false;
        }

        var labels = host[..length].Split('.');
        return labels.TakeLast(3).Any(label => label.Equals("s3", StringComparison.OrdinalIgnoreCase) || label.StartsWith("s3-", StringComparison.OrdinalIgnoreCase));
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    // A plus stays a plus: only query strings write spaces so.
    public static string? Decode(string path)
    {
        var bytes = Encoding.UTF8.GetBytes(path);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '%')
            {
                bytes[length++] = bytes[i];
                continue;
            }

            if (i + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[i + 1]) || !char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                return null;
            }

            bytes[length++] = (byte)((Digit(bytes[i + 1]) << 4) | Digit(bytes[i + 2]));
            i += 2;
        }

        var text = bytes.AsSpan(0, length);
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : null;
    }

    private static int Digit(byte c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
