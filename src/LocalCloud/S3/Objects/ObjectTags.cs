using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using LocalCloud.Http;

namespace LocalCloud.S3.Objects;

/// <summary>Tags of an object (at most 10) or of a bucket (at most 50): keys of up to 128 characters, values of up to 256.</summary>
internal static class ObjectTags
{
    public const int Most = 10;

    private const int LongestKey = 128;
    private const int LongestValue = 256;

    /// <summary>From the header <c>x-amz-tagging</c>, which is written as a query string.</summary>
    public static ImmutableSortedDictionary<string, string> Parse(string? header) => header is null
        ? ImmutableSortedDictionary<string, string>.Empty
        : Checked(Form.Parse(Encoding.UTF8.GetBytes(header))?.Values
            ?? throw S3Error.InvalidArgument("The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates."), Most);

    /// <summary>From <c>Tagging/TagSet/Tag</c>.</summary>
    public static ImmutableSortedDictionary<string, string> Read(XElement tagging, int most)
    {
        var tags = (tagging.Element("TagSet") ?? throw S3Error.MalformedXml()).Elements("Tag")
            .Select(tag => KeyValuePair.Create(tag.Element("Key")?.Value ?? throw S3Error.MalformedXml(), tag.Element("Value")?.Value ?? throw S3Error.MalformedXml()))
            .ToList();
        return tags.DistinctBy(tag => tag.Key).Count() == tags.Count
            ? Checked(tags, most)
            : throw S3Error.InvalidTag("Cannot provide multiple Tags with the same key");
    }

    public static void Write(XmlText xml, IEnumerable<KeyValuePair<string, string>> tags)
    {
        xml.Open("TagSet");
        foreach (var (key, value) in tags)
        {
            xml.Open("Tag").Element("Key", key).Element("Value", value).Close("Tag");
        }

        xml.Close("TagSet");
    }

    private static ImmutableSortedDictionary<string, string> Checked(IEnumerable<KeyValuePair<string, string>> tags, int most)
    {
        var all = tags.ToImmutableSortedDictionary(StringComparer.Ordinal);
        return all.Count > most ? throw S3Error.TooManyTags(most)
            : all.Keys.Any(key => !IsText(key, LongestKey) || key.Length == 0 || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            ? throw S3Error.InvalidTag("The TagKey you have provided is invalid")
            : all.Values.Any(value => !IsText(value, LongestValue)) ? throw S3Error.InvalidTag("The TagValue you have provided is invalid")
            : all;
    }

    private static bool IsText(string text, int longest) => text.Length <= longest && text.All(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || " +-=._:/@".Contains(c, StringComparison.Ordinal));
}
