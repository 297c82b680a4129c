using System.Xml;

namespace Aws.Http;

/// <summary>XML answers of the query protocol. Document types are refused.</summary>
internal static class XmlBody
{
    private static readonly XmlReaderSettings _settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        MaxCharactersInDocument = 16 * 1024 * 1024,
        XmlResolver = null,
    };

    /// <summary>Offers every element to <paramref name="element"/>, in document order; true when it read the element's content, and moved past it.</summary>
    public static T Read<T>(byte[] bytes, int length, T target, Func<XmlReader, T, bool> element)
    {
        using var xml = XmlReader.Create(new MemoryStream(bytes, 0, length, writable: false), _settings);
        xml.Read();
        while (!xml.EOF)
        {
            if (xml.NodeType != XmlNodeType.Element || !element(xml, target))
                xml.Read();
        }

        return target;
    }

    /// <summary>The error of the query protocol: <c>Type</c>, <c>Code</c> and <c>Message</c> in <c>Error</c>.</summary>
    public static ServiceError ReadError(byte[] bytes, int length)
    {
        var error = Read(bytes, length, new ErrorParts(), static (xml, parts) =>
        {
            switch (xml.LocalName)
            {
                case "Type":
                    parts.Fault = xml.ReadElementContentAsString();
                    return true;
                case "Code":
                    parts.Code = xml.ReadElementContentAsString();
                    return true;
                case "Message":
                    parts.Message = xml.ReadElementContentAsString();
                    return true;
                default:
                    return false;
            }
        });
        return new(error.Code, error.Message, error.Fault);
    }

    private sealed class ErrorParts
    {
        public string? Code { get; set; }

        public string? Fault { get; set; }

        public string? Message { get; set; }
    }
}
