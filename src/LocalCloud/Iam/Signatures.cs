using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Aws.Signing;
using LocalCloud.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LocalCloud.Iam;

/// <summary>Calculates the signature that a request should have. Keys of a day, region and service are kept: deriving one costs four hashes.</summary>
internal sealed class Signatures
{
    private const int MostKeys = 256;

    private readonly ConcurrentDictionary<string, SigV4Key> _keys = new(StringComparer.Ordinal);

    /// <exception cref="ServiceException">The signature is not that of this request by this key, or the body is not the one that was signed.</exception>
    public void Check(Call call, string service, SignedRequest signed, AccessKeyPair key)
    {
        var request = call.Http.Request;
        var target = call.Http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var start = target.StartsWith('/') ? 0 : Math.Max(0, target.IndexOf('/', Math.Max(0, target.IndexOf("://", StringComparison.Ordinal) + 3)));
        var mark = target.IndexOf('?', start);
        var (path, query) = mark < 0 ? (target[start..], "") : (target[start..mark], target[(mark + 1)..]);
        var s3 = service == ServiceName.S3;
        var expected = SigV4.Signature(
            Key(signed, key), signed.Time, request.Method, s3 ? Uri.UnescapeDataString(path) : path,
            signed.IsPresigned ? QueryText.Without(query, "X-Amz-Signature") : query, Headers(call, signed), Payload(call, s3, signed), normalize: !s3);
        if (!signed.Headers.Contains("host") || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(signed.Signature)))
        {
            throw SignatureError.DoesNotMatch(service);
        }
    }

    private static KeyValuePair<string, string>[] Headers(Call call, SignedRequest signed)
    {
        List<KeyValuePair<string, string>> headers = new(signed.Headers.Length);
        foreach (var name in signed.Headers)
        {
            var values = call.Http.Request.Headers[name];
            if (values.Count == 0)
            {
                headers.Add(new(name, ""));
            }

            foreach (var value in values)
            {
                headers.Add(new(name, value ?? ""));
            }
        }

        return [.. headers];
    }

    private static string Payload(Call call, bool s3, SignedRequest signed)
    {
        var given = call.Http.Request.Headers["x-amz-content-sha256"].ToString();
        if (s3)
        {
            // UNSIGNED-PAYLOAD and the STREAMING- kinds stand for themselves.
            var payload = given.Length > 0 ? given : signed.IsPresigned ? SigV4.UnsignedPayload : Hash(call);
            return !SignedRequest.IsSignature(payload) || payload == Hash(call) ? payload : throw SignatureError.WrongPayload();
        }

        return Hash(call);
    }

    private static string Hash(Call call) => call.Body.Length == 0 ? SigV4.EmptyPayloadHash : Convert.ToHexStringLower(SHA256.HashData(call.Body));

    private SigV4Key Key(SignedRequest signed, AccessKeyPair key)
    {
        if (_keys.TryGetValue(signed.Credential, out var known))
        {
            return known;
        }

        var parts = signed.Credential.Split('/');
        if (_keys.Count >= MostKeys)
        {
            _keys.Clear();
        }

        return _keys[signed.Credential] = SigV4Key.Derive(key.Id, key.Secret, parts[1], parts[2], parts[3]);
    }
}
