using System.Security.Cryptography;
using Aws.Signing;

namespace LocalCloud.Lambda.Calls;

/// <summary>Signs requests: emulators read service and region from the signature, and LocalCloud checks it.</summary>
internal static class Signature
{
    public static void Add(HttpRequestMessage request, byte[] body, string service, string region, AccessKey key)
    {
        var time = SigV4.FormatTime(DateTimeOffset.UtcNow);
        var uri = request.RequestUri!;
        var payload = Convert.ToHexStringLower(SHA256.HashData(body));
        List<KeyValuePair<string, string>> headers =
        [
            new("content-type", request.Content!.Headers.ContentType!.ToString()),
            new("host", uri.Authority),
            new("x-amz-content-sha256", payload),
            new("x-amz-date", time),
        ];
        if (key.SessionToken is { } token)
            headers.Add(new("x-amz-security-token", token));
        // S3's paths are encoded once, all others' twice.
        var path = service == "s3" ? Uri.UnescapeDataString(uri.AbsolutePath) : uri.AbsolutePath;
        var authorization = SigV4.Authorization(
            SigV4Key.Derive(key.Id, key.Secret, time[..8], region, service),
            time, request.Method.Method, path, uri.Query.TrimStart('?'), [.. headers], payload, normalize: service != "s3");
        foreach (var (name, value) in headers.Where(header => header.Key.StartsWith("x-amz", StringComparison.Ordinal)))
            request.Headers.Add(name, value);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
    }
}
