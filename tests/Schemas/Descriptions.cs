using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Schemas;

/// <summary>The summaries of an assembly's types and members, as its source has them.</summary>
internal sealed partial class Descriptions
{
    private readonly Dictionary<string, string> _summaries;

    private Descriptions(Dictionary<string, string> summaries) => _summaries = summaries;

    /// <summary>Reads the file that the compiler wrote beside the assembly.</summary>
    public static Descriptions Of(Assembly assembly) => new(XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))
        .Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!), StringComparer.Ordinal));

    /// <summary>Null where the source says nothing.</summary>
    public string? Of(Type type) => _summaries.GetValueOrDefault($"T:{Name(type)}");

    /// <summary>Null where the source says nothing.</summary>
    public string? Of(MemberInfo member) => _summaries.GetValueOrDefault($"P:{Name(member.DeclaringType!)}.{member.Name}");

    private static string? Name(Type type) => type.FullName?.Replace('+', '.');

    private static string Text(XElement summary) => Spaces().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim();

    // A reference is told by the last part of its name.
    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Value: "" } element => element.Attribute("cref")?.Value.Split('.')[^1] ?? "",
        XElement element => element.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
