using System.Security.Cryptography;
using Aws.Signing;

namespace LocalCloud.Lambda.Calls;

/// <summary>Signs with the key <c>test</c>: emulators read service and region from the signature, and some check it.</summary>
internal static class Signature
{
    private const string AccessKey = "test";

    public static void Add(HttpRequestMessage request, byte[] body, string service, string region)
    {
        var time = SigV4.FormatTime(DateTimeOffset.UtcNow);
        var uri = request.RequestUri!;
        ReadOnlySpan<KeyValuePair<string, string>> headers =
        [
            new("content-type", request.Content!.Headers.ContentType!.ToString()),
            new("host", uri.Authority),
            new("x-amz-date", time),
        ];
        var authorization = SigV4.Authorization(
            SigV4Key.Derive(AccessKey, AccessKey, time[..8], region, service),
            time, request.Method.Method, uri.AbsolutePath, uri.Query.TrimStart('?'), headers, Convert.ToHexStringLower(SHA256.HashData(body)));
        request.Headers.Add("X-Amz-Date", time);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
    }
}
