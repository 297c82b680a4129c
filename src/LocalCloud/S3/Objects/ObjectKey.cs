using System.Text;

namespace LocalCloud.S3.Objects;

/// <summary>The key of an object: any text of 1 to 1,024 bytes of UTF-8, in the order of those bytes.</summary>
internal static class ObjectKey
{
    private const int MostBytes = 1024;

    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    /// <exception cref="Http.ServiceException">The key is too long.</exception>
    public static void Check(string key)
    {
        if (Encoding.UTF8.GetByteCount(key) > MostBytes)
        {
            throw S3Error.KeyTooLong();
        }
    }

    // UTF-8 orders by code point; UTF-16 does too, but for surrogates, which stand for the highest and are not the highest units.
    private static int Compare(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        return same == a.Length || same == b.Length ? a.Length - b.Length : Rank(a[same]) - Rank(b[same]);
    }

    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
