using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace LocalCloud.S3;

/// <summary>Reads the XML documents that clients send: without a DTD, and without namespaces, which S3 does not insist on.</summary>
internal static class XmlInput
{
    private const int Deepest = 16;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = Limits.DocumentBytes,
    };

    /// <param name="body">The document.</param>
    /// <param name="roots">What its root may be called.</param>
    /// <exception cref="Http.ServiceException">MalformedXML, or it is too long.</exception>
    public static XElement Read(byte[] body, params ReadOnlySpan<string> roots)
    {
        if (body.Length > Limits.DocumentBytes)
        {
            throw S3Error.XmlTooLong();
        }

        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), Settings);
            var root = Build(reader);
            return root is not null && roots.Contains(root.Name.LocalName) ? root : throw S3Error.MalformedXml();
        }
        catch (XmlException)
        {
            throw S3Error.MalformedXml();
        }
    }

    /// <summary>A whole number in an element of that name; null when there is no such element.</summary>
    public static int? Number(this XElement parent, string name) => parent.Element(name) is not { } element ? null
        : int.TryParse(element.Value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw S3Error.MalformedXml();

    /// <summary><c>true</c> or <c>false</c> in an element of that name; false when there is no such element.</summary>
    public static bool Flag(this XElement parent, string name) => parent.Element(name)?.Value.Trim().ToLowerInvariant() switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw S3Error.MalformedXml(),
    };

    /// <summary>As S3 writes it back: with its namespace, without what stands between elements.</summary>
    public static string Text(XElement root)
    {
        foreach (var element in root.DescendantsAndSelf().Where(element => element.HasElements))
        {
            element.Nodes().OfType<XText>().Remove();
        }

        var text = root.ToString(SaveOptions.DisableFormatting);
        return text.Insert(root.Name.LocalName.Length + 1, $" xmlns=\"{S3Xml.Namespace}\"");
    }

    // By hand and not by XElement.Load: the depth must be bounded before anything walks the tree by recursion.
    private static XElement? Build(XmlReader reader)
    {
        XElement? root = null;
        XElement? current = null;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var element = new XElement(reader.LocalName);
                    current?.Add(element);
                    root ??= element;
                    current = reader.IsEmptyElement ? current : element;
                    break;
                case XmlNodeType.EndElement:
                    current = current?.Parent;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    current?.Add(reader.Value);
                    break;
            }

            if (reader.Depth > Deepest)
            {
                throw S3Error.MalformedXml();
            }
        }

        return root;
    }
}
