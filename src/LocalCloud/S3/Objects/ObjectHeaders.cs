using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.S3.Objects;

/// <summary>The headers that are stored with an object and come back when it is read.</summary>
/// <param name="Content">Content-Type and its kin, by their names as S3 writes them.</param>
/// <param name="User">What the client added, by the whole header name in lower case.</param>
internal sealed record ObjectHeaders(ImmutableSortedDictionary<string, string> Content, ImmutableSortedDictionary<string, string> User)
{
    private const string UserPrefix = "x-amz-meta-";
    private const int MostUserBytes = 2048;
    private const string DefaultType = "binary/octet-stream";

    private static readonly string[] Stored =
        ["Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Type", "Expires", "x-amz-website-redirect-location"];

    public static ObjectHeaders None { get; } = new(ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty);

    public IEnumerable<KeyValuePair<string, string>> All => Content.Concat(User);

    /// <exception cref="Http.ServiceException">The client's own headers are longer than 2 KiB.</exception>
    public static ObjectHeaders Read(IHeaderDictionary headers)
    {
        var content = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var name in Stored)
        {
            var value = headers[name].ToString();
            value = name == "Content-Encoding" ? WithoutChunks(value) : value;
            if (value.Length > 0)
            {
                content[name] = Sendable(value);
            }
        }

        content.TryAdd("Content-Type", DefaultType);
        var user = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var bytes = 0;
        foreach (var (header, value) in headers)
        {
            if (header.StartsWith(UserPrefix, StringComparison.OrdinalIgnoreCase))
            {
                var (name, text) = (header.ToLowerInvariant(), value.ToString());
                bytes += name.Length - UserPrefix.Length + Encoding.UTF8.GetByteCount(text);
                user[name] = Sendable(text);
            }
        }

        return bytes <= MostUserBytes ? new(content.ToImmutable(), user.ToImmutable()) : throw S3Error.MetadataTooLarge();
    }

    // aws-chunked says how the request came, not what the object is.
    private static string WithoutChunks(string encoding) =>
        string.Join(',', encoding.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(name => name != "aws-chunked"));

    // A header holds ASCII: S3 writes other text as RFC 2047 has it.
    private static string Sendable(string value) =>
        Ascii.IsValid(value) && !value.Any(char.IsControl) ? value : $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";
}
