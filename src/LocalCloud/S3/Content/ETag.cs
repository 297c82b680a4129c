using System.Security.Cryptography;

namespace LocalCloud.S3.Content;

/// <summary>Entity tags, kept without their quotes.</summary>
internal static class ETag
{
#pragma warning disable CA5351 // S3's entity tags are MD5; nothing is protected by them.
    public static byte[] Md5(ReadOnlySpan<byte> content) => MD5.HashData(content);
#pragma warning restore CA5351

    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(Md5(content));

    /// <summary>Of an object made of parts: the MD5 of their MD5s, and their number.</summary>
    public static string OfParts(IReadOnlyList<string> parts) => $"{Of([.. parts.SelectMany(Convert.FromHexString)])}-{parts.Count}";

    public static string Quoted(string tag) => $"\"{tag}\"";

    public static string Unquoted(string tag)
    {
        tag = tag.Trim();
        tag = tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
        return tag is ['"', .. var inside, '"'] ? inside : tag;
    }

    /// <summary>Whether a header that lists tags, or is <c>*</c>, names this one.</summary>
    public static bool IsIn(string header, string tag) => header.Trim() == "*" || header.Split(',').Any(given => Unquoted(given) == tag);
}
