using System.Security.Cryptography;
using System.Text;
using Aws.Signing;

namespace Aws.Tests.Internals;

/// <summary>Requests and signatures are those of AWS's own test suite: awslabs/aws-c-auth, tests/aws-signing-test-suite/v4.</summary>
public class SigV4Tests
{
    private const string Time = "20150830T123600Z";
    private static readonly SigV4Key _key = SigV4Key.Derive(
        "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20150830", "us-east-1", "service");

    public static TheoryData<string, string, string, string, string, string, bool, string> Vectors => new()
    {
        { "get-header-key-duplicate", "GET", "/", "", "Host:example.amazonaws.com\nMy-Header1:value2\nMy-Header1:value2\nMy-Header1:value1\nX-Amz-Date:20150830T123600Z", "", true, "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea" },
        { "get-header-value-multiline", "GET", "/", "", "Host:example.amazonaws.com\nMy-Header1:value1 value2 value3\nX-Amz-Date:20150830T123600Z", "", true, "cfd34249e4b1c8d6b91ef74165d41a32e5fab3306300901bb65a51a73575eefd" },
        { "get-header-value-order", "GET", "/", "", "Host:example.amazonaws.com\nMy-Header1:value4\nMy-Header1:value1\nMy-Header1:value3\nMy-Header1:value2\nX-Amz-Date:20150830T123600Z", "", true, "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01" },
        { "get-header-value-trim", "GET", "/", "", "Host:example.amazonaws.com\nMy-Header1: value1\nMy-Header2: \"a   b   c\"\nX-Amz-Date:20150830T123600Z", "", true, "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736" },
        { "get-relative-normalized", "GET", "/example/..", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "get-relative-relative-normalized", "GET", "/example1/example2/../..", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "get-relative-unnormalized", "GET", "/example/..", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", false, "eca7ead57bb5aa5c8e28007acd4ff04e1ff9a0ff3b237ec1554a184887ff9282" },
        { "get-slash-dot-slash-normalized", "GET", "/./", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "get-slash-pointless-dot-normalized", "GET", "/./example", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5" },
        { "get-slash-pointless-dot-unnormalized", "GET", "/./example", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", false, "beb03f223f7deae4146464f06e29eebbee9c8afbe15c290cf07aa8b119e14cff" },
        { "get-slashes-normalized", "GET", "//example//", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84" },
        { "get-slashes-unnormalized", "GET", "//example//", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", false, "87cca117541a147f6df867677d98a7d80dff226d2bfca9e4ffa899665623c7e5" },
        { "get-space-normalized", "GET", "/example space/", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741" },
        { "get-unreserved", "GET", "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f" },
        { "get-utf8", "GET", "/ሴ", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85" },
        { "get-vanilla", "GET", "/", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "get-vanilla-empty-query-key", "GET", "/", "Param1=value1", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb" },
        { "get-vanilla-query-order-encoded", "GET", "/", "Param-3=Value3&Param=Value2&%E1%88%B4=Value1", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac" },
        { "get-vanilla-query-order-key-case", "GET", "/", "Param2=value2&Param1=value1", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500" },
        { "get-vanilla-utf8-query", "GET", "/", "ሴ=bar", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04" },
        { "get-vanilla-with-session-token", "GET", "/", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z\nX-Amz-Security-Token:6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267", "", true, "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8" },
        { "post-header-key-sort", "POST", "/", "", "Host:example.amazonaws.com\nMy-Header1:value1\nX-Amz-Date:20150830T123600Z", "", true, "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c" },
        { "post-header-value-case", "POST", "/", "", "Host:example.amazonaws.com\nMy-Header1:VALUE1\nX-Amz-Date:20150830T123600Z", "", true, "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d" },
        { "post-sts-header-before", "POST", "/", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z\nX-Amz-Security-Token:AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==", "", true, "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead" },
        { "post-vanilla", "POST", "/", "", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b" },
        { "post-vanilla-query", "POST", "/", "Param1=value1", "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z", "", true, "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11" },
        { "post-x-www-form-urlencoded", "POST", "/", "", "Content-Type:application/x-www-form-urlencoded\nHost:example.amazonaws.com\nContent-Length:13\nX-Amz-Date:20150830T123600Z\nX-Amz-Content-Sha256:9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e", "Param1=value1", true, "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b" },
        { "post-x-www-form-urlencoded-parameters", "POST", "/", "", "Content-Type:application/x-www-form-urlencoded; charset=utf-8\nHost:example.amazonaws.com\nContent-Length:13\nX-Amz-Date:20150830T123600Z\nX-Amz-Content-Sha256:9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e", "Param1=value1", true, "328d1b9eaadca9f5818ef05e8392801e091653bafec24fcab71e7344e7f51422" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_request_gets_the_signature_that_AWS_publishes(
        string name, string method, string path, string query, string headers, string body, bool normalize, string signature)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

        var authorization = SigV4.Authorization(_key, Time, method, path, query, Parse(headers), hash, normalize);

        Assert.True(authorization.EndsWith("Signature=" + signature, StringComparison.Ordinal), name);
        Assert.Equal(signature, SigV4.Signature(_key, Time, method, path, query, Parse(headers), hash, normalize));
    }

    [Theory]
    [InlineData("/example space/", "", null, "7a1f416954786484c9824d93c1f26ef64acb9b1b6c9154d08c9f07d0e394abf6")]
    [InlineData("/", "", null, "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d")]
    [InlineData("/", "Param2=value2&Param1=value1", null, "86012e2c9ad4d77369f5d81c11f75158aae4f895a085212cc6d3f923d300bed5")]
    [InlineData("/", "", "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267", "7ff2b50b376cb4d151970630573d6291dc128cc5c2a12ffb237f73cc53f67b6c")]
    public void A_presigned_query_gets_the_signature_that_AWS_publishes(string path, string query, string? token, string signature)
    {
        var presigned = SigV4.PresignedQuery(
            _key, Time, 3600, token, "GET", path, query, [new("Host", "example.amazonaws.com")], SigV4.EmptyPayloadHash);

        Assert.EndsWith("&X-Amz-Signature=" + signature, presigned, StringComparison.Ordinal);
    }

    [Fact]
    public void The_authorization_names_the_key_its_scope_and_the_headers_in_order()
    {
        var authorization = SigV4.Authorization(
            _key, Time, "GET", "/", "", Parse("X-Amz-Date:20150830T123600Z\nHost:example.amazonaws.com"), SigV4.EmptyPayloadHash);

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, " +
            "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            authorization);
    }

    [Fact]
    public void A_header_longer_than_the_buffer_is_signed_whole()
    {
        var one = SigV4.Signature(_key, Time, "GET", "/", "", [new("host", "h"), new("x-long", new string('a', 5000))], SigV4.EmptyPayloadHash);
        var other = SigV4.Signature(_key, Time, "GET", "/", "", [new("host", "h"), new("x-long", new string('a', 4999) + "b")], SigV4.EmptyPayloadHash);

        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Time_is_written_in_UTC() =>
        Assert.Equal(Time, SigV4.FormatTime(new DateTimeOffset(2015, 8, 30, 14, 36, 0, TimeSpan.FromHours(2))));

    private static KeyValuePair<string, string>[] Parse(string headers) =>
        [.. headers.Split('\n').Select(line => line.Split(':', 2)).Select(parts => new KeyValuePair<string, string>(parts[0], parts[1]))];
}
