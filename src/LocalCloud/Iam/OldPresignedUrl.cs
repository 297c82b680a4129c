using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LocalCloud.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LocalCloud.Iam;

/// <summary>Presigned URLs of S3 by Signature Version 2, which boto3 still makes unless it is told otherwise.</summary>
internal static class OldPresignedUrl
{
    /// <summary>Parameters that are part of the resource that is signed, besides those that begin with <c>response-</c>.</summary>
    private static readonly string[] Signed =
        ["acl", "cors", "delete", "lifecycle", "location", "logging", "notification", "partNumber", "policy", "requestPayment", "tagging", "torrent", "uploadId", "uploads", "versionId", "versioning", "versions", "website"];

    /// <summary>Who made the URL; null when it is none.</summary>
    /// <exception cref="ServiceException">The key is unknown, the URL past its time, or its signature wrong.</exception>
    public static Caller? Identify(Call call, IamAccount iam)
    {
        var query = call.Http.Request.QueryString.Value ?? "";
        if (QueryText.Value(query, "AWSAccessKeyId") is not { } id || QueryText.Value(query, "Signature") is not { } signature)
        {
            return null;
        }

        var key = iam.FindKey(id) ?? throw SignatureError.UnknownKey(ServiceName.S3);
        if (key.SessionToken is { } token && token != QueryText.Value(query, "x-amz-security-token"))
        {
            throw SignatureError.InvalidToken(ServiceName.S3);
        }

        if (key.ExpiresAt <= iam.Now)
        {
            throw SignatureError.Expired(ServiceName.S3);
        }

        var expires = QueryText.Value(query, "Expires") ?? "";
        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until) || DateTimeOffset.UtcNow.ToUnixTimeSeconds() > until)
        {
            throw SignatureError.UrlExpired(ServiceName.S3, expires, "");
        }

        // Version 2 is defined with SHA-1; as a keyed hash it still holds.
#pragma warning disable CA5350
        var expected = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(key.Secret), Encoding.UTF8.GetBytes(Text(call, query, expires))));
#pragma warning restore CA5350
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature)) ? key.Caller
            : throw SignatureError.DoesNotMatch(ServiceName.S3);
    }

    private static string Text(Call call, string query, string expires)
    {
        var request = call.Http.Request;
        var path = call.Http.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        // Of the headers, and of the parameters that stand for headers.
        var amazon = request.Headers.Where(header => header.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: header.Value.ToString()))
            .Concat(Pairs(query).Where(pair => pair.Name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)).Select(pair => (Name: pair.Name.ToLowerInvariant(), Value: pair.Value ?? "")))
            .OrderBy(header => header.Name, StringComparer.Ordinal)
            .Select(header => $"{header.Name}:{header.Value}\n");
        var resource = Pairs(query).Where(pair => Signed.Contains(pair.Name) || pair.Name.StartsWith("response-", StringComparison.Ordinal))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => pair.Value is null ? pair.Name : $"{pair.Name}={pair.Value}");
        var parameters = string.Join('&', resource);
        return $"{request.Method}\n{request.Headers.ContentMD5}\n{request.ContentType}\n{expires}\n{string.Concat(amazon)}{path}{(parameters.Length > 0 ? "?" : "")}{parameters}";
    }

    private static IEnumerable<(string Name, string? Value)> Pairs(string query) => query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2) is [var name, var value] ? (name, Uri.UnescapeDataString(value)) : (pair, (string?)null));
}
