using LocalCloud.Http;

namespace LocalCloud.S3;

/// <summary>The pieces that many answers of S3 have.</summary>
internal static class S3Xml
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>An answer's root element.</summary>
    public static XmlText Root(string name) => new XmlText().Declare().Open(name, Namespace);

    /// <summary>The account: it owns everything and starts every upload.</summary>
    public static XmlText Owner(this XmlText xml, S3Service s3, string element = "Owner") =>
        xml.Open(element).Element("ID", s3.OwnerId).Element("DisplayName", "localcloud").Close(element);

    public static XmlText Flag(this XmlText xml, string element, bool value) => xml.Element(element, value ? "true" : "false");

    public static XmlText Number(this XmlText xml, string element, long value) => xml.Element(element, $"{value}");

    public static XmlText Time(this XmlText xml, string element, DateTimeOffset time) => xml.Element(element, S3Answer.IsoDate(time));
}
