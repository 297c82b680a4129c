using System.Xml.Linq;
using LocalCloud.S3.Objects;

namespace LocalCloud.S3.Lifecycle;

/// <summary>Which objects a rule is for. Sizes are in bytes; an object must be larger, or smaller, than them.</summary>
internal sealed record LifecycleFilter(string Prefix, IReadOnlyList<KeyValuePair<string, string>> Tags, long? LargerThan, long? SmallerThan)
{
    private static readonly string[] Terms = ["Prefix", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan"];

    public bool Matches(ObjectVersion version) =>
        version.Key.StartsWith(Prefix, StringComparison.Ordinal)
        && Tags.All(tag => version.Tags.GetValueOrDefault(tag.Key) == tag.Value)
        && !(version.Content.Length <= LargerThan)
        && !(version.Content.Length >= SmallerThan);

    /// <exception cref="Http.ServiceException">Neither a filter nor the older prefix is there, or a filter says two things without And.</exception>
    public static LifecycleFilter Read(XElement rule)
    {
        var filter = rule.Element("Filter");
        if (filter is null)
        {
            return new((rule.Element("Prefix") ?? throw S3Error.MalformedXml()).Value, [], null, null);
        }

        var terms = filter.Element("And") ?? filter;
        if (rule.Element("Prefix") is not null || filter.Elements().Count() > 1 || terms.Elements().Any(term => !Terms.Contains(term.Name.LocalName)))
        {
            throw S3Error.MalformedXml();
        }

        return new(
            terms.Element("Prefix")?.Value ?? "",
            [.. terms.Elements("Tag").Select(tag => KeyValuePair.Create(tag.Element("Key")?.Value ?? throw S3Error.MalformedXml(), tag.Element("Value")?.Value ?? ""))],
            terms.Number("ObjectSizeGreaterThan"),
            terms.Number("ObjectSizeLessThan"));
    }
}
