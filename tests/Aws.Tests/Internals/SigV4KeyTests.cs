using System.Security.Cryptography;
using System.Text;
using Aws.Signing;

namespace Aws.Tests.Internals;

public class SigV4KeyTests
{
    [Fact]
    public void Many_threads_sign_with_one_key()
    {
        var key = SigV4Key.Derive("AKIDEXAMPLE", "secret", "20261120", "us-east-1", "sqs");
        string[] expected = [.. Enumerable.Range(0, 64).Select(i => Signature(SigV4Key.Derive("AKIDEXAMPLE", "secret", "20261120", "us-east-1", "sqs"), i))];

        Parallel.For(0, 6_400, i => Assert.Equal(expected[i % 64], Signature(key, i % 64)));
    }

    [Fact]
    public void A_hash_is_that_of_its_bytes_alone()
    {
        Span<char> hex = stackalloc char[64];
        foreach (var text in new[] { "one", "", "two" })
        {
            Sha256.HashHex(Encoding.UTF8.GetBytes(text), hex);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), hex.ToString());
        }
    }

    private static string Signature(SigV4Key key, int number)
    {
        var signature = new byte[32];
        key.Sign(Encoding.UTF8.GetBytes($"string to sign {number}"), signature);
        return Convert.ToHexStringLower(signature);
    }
}
