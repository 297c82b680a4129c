using System.Security.Cryptography;
using System.Text;

namespace Aws.Signing;

/// <summary>A signing key: good for one access key, day (UTC), region and service, and worth keeping that long.</summary>
#pragma warning disable CA1001 // It lives as long as its key is used, and the collector frees the hash with it.
internal sealed class SigV4Key
#pragma warning restore CA1001
{
    private readonly byte[] _key;

    // Set up with the key already, which is half of the work; who finds it taken makes another.
    private IncrementalHash? _spare;

    private SigV4Key(byte[] key, string accessKeyId, string scope)
    {
        _key = key;
        AccessKeyId = accessKeyId;
        Scope = scope;
    }

    public string AccessKeyId { get; }

    /// <summary><c>20150830/us-east-1/service/aws4_request</c>.</summary>
    public string Scope { get; }

    /// <param name="accessKeyId">The access key's id.</param>
    /// <param name="secretAccessKey">The access key's secret; not kept.</param>
    /// <param name="day">The day in UTC, as <c>20150830</c>.</param>
    /// <param name="region">The region, as <c>eu-west-1</c>.</param>
    /// <param name="service">The service's signing name, as <c>sqs</c>.</param>
    public static SigV4Key Derive(string accessKeyId, string secretAccessKey, string day, string region, string service)
    {
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), Encoding.UTF8.GetBytes(day));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(region));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(service));
        key = HMACSHA256.HashData(key, "aws4_request"u8);
        return new SigV4Key(key, accessKeyId, $"{day}/{region}/{service}/aws4_request");
    }

    public void Sign(ReadOnlySpan<byte> stringToSign, Span<byte> signature)
    {
        var hash = Interlocked.Exchange(ref _spare, null) ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(stringToSign);
        hash.GetHashAndReset(signature);
        Interlocked.Exchange(ref _spare, hash)?.Dispose();
    }
}
