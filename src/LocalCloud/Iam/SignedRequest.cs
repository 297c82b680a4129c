using System.Buffers;
using System.Globalization;
using Aws.Signing;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Iam;

/// <summary>What a request says about its signature: in the Authorization header, or in the query of a presigned URL.</summary>
/// <param name="Credential">Key, day, region and service: <c>AKIA…/20260101/us-east-1/sqs/aws4_request</c>.</param>
/// <param name="Time">As <c>20260101T120000Z</c>.</param>
/// <param name="Headers">The names of the headers that are signed.</param>
/// <param name="Signature">64 digits, if it is one.</param>
/// <param name="SessionToken">Of a session's key.</param>
/// <param name="Expires">How long a presigned URL is good for; null for a header.</param>
internal sealed record SignedRequest(string Credential, string Time, string[] Headers, string Signature, string? SessionToken, TimeSpan? Expires)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    public bool IsPresigned => Expires is not null;

    public string KeyId => Credential[..Credential.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>Whether a header has something that may be a signature: 64 lower-case hexadecimal digits.</summary>
    public static bool HasSignature(string authorization) => IsSignature(Part(authorization, "Signature="));

    public static bool IsSignature(ReadOnlySpan<char> text) => text.Length == 64 && !text.ContainsAnyExcept(Digits);

    /// <summary>Null when a part is missing.</summary>
    public static SignedRequest? OfHeader(string authorization, HttpRequest request)
    {
        var credential = Part(authorization, "Credential=").ToString();
        var time = request.Headers["X-Amz-Date"].ToString();
        if (time.Length == 0 && DateTimeOffset.TryParse(request.Headers.Date.ToString(), CultureInfo.InvariantCulture, out var date))
        {
            time = SigV4.FormatTime(date);
        }

        return authorization.StartsWith(SigV4.Algorithm, StringComparison.Ordinal) && IsCredential(credential) && (time.Length > 0 || credential.StartsWith("test/", StringComparison.Ordinal))
            ? new SignedRequest(
                credential, time, Part(authorization, "SignedHeaders=").ToString().Split(';'), Part(authorization, "Signature=").ToString(),
                request.Headers["X-Amz-Security-Token"].ToString(), null)
            : null;
    }

    /// <summary>Null when a part is missing.</summary>
    public static SignedRequest? OfQuery(string query)
    {
        string? Value(string name) => Http.QueryText.Value(query, name);
        return Value("X-Amz-Credential") is { } credential && IsCredential(credential) && Value("X-Amz-Date") is { } time && Value("X-Amz-Signature") is { } signature
            && Value("X-Amz-SignedHeaders") is { } headers && int.TryParse(Value("X-Amz-Expires"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 604_800
            ? new SignedRequest(credential, time, headers.Split(';'), signature, Value("X-Amz-Security-Token"), TimeSpan.FromSeconds(seconds))
            : null;
    }

    /// <summary>
    /// Signatures are as good as their time. It is the real time that counts, not the clock of the services: that one may jump in tests, and clients sign by their own.
    /// </summary>
    /// <exception cref="Http.ServiceException">It is not now.</exception>
    public void CheckTime(string service, bool mayBeOld)
    {
        var now = DateTimeOffset.UtcNow;
        if (!DateTimeOffset.TryParseExact(Time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed) || !Time.StartsWith(Credential.Split('/')[1], StringComparison.Ordinal))
        {
            throw SignatureError.Incomplete(service, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP");
        }

        if (Expires is { } expires)
        {
            if (now > signed + expires)
            {
                throw SignatureError.UrlExpired(service, SigV4.FormatTime(signed + expires), SigV4.FormatTime(now));
            }
        }
        else if (!mayBeOld && (now - signed).Duration() > Skew)
        {
            throw SignatureError.Late(service, Time, SigV4.FormatTime(now));
        }
    }

    private static bool IsCredential(string text) => text.Split('/') is [{ Length: > 0 and <= 128 }, { Length: 8 }, _, _, "aws4_request"] && text.Length < 300;

    // Parts are separated by commas with or without a space.
    private static ReadOnlySpan<char> Part(ReadOnlySpan<char> authorization, ReadOnlySpan<char> name)
    {
        var start = authorization.IndexOf(name, StringComparison.Ordinal);
        if (start < 0)
        {
            return [];
        }

        var rest = authorization[(start + name.Length)..];
        var end = rest.IndexOfAny(',', ' ');
        return end < 0 ? rest : rest[..end];
    }
}
