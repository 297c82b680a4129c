using System.Text;

namespace LocalCloud.Http;

/// <summary>Builds the small XML answers of the Query protocol.</summary>
internal sealed class XmlText
{
    private readonly StringBuilder _text = new(512);

    /// <summary>The declaration that begins a document.</summary>
    public XmlText Declare()
    {
        _text.Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        return this;
    }

    public XmlText Open(string element, string? xmlns = null)
    {
        _text.Append('<').Append(element);
        if (xmlns is not null)
        {
            _text.Append(" xmlns=\"").Append(xmlns).Append('"');
        }

        _text.Append('>');
        return this;
    }

    public XmlText Close(string element)
    {
        _text.Append("</").Append(element).Append('>');
        return this;
    }

    /// <summary>An element with text; nothing at all when the value is null.</summary>
    public XmlText Element(string element, string? value) => value is null ? this : Open(element).Text(value).Close(element);

    /// <summary>Text. A carriage return must be escaped, or the reader's parser turns it into a line feed.</summary>
    public XmlText Text(string value)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '&' => _text.Append("&amp;"),
                '"' => _text.Append("&quot;"),
                '\r' => _text.Append("&#xD;"),
                < ' ' and not ('\t' or '\n') => _text.Append('?'),
                '\uFFFE' or '\uFFFF' => _text.Append('?'),
                _ => _text.Append(c),
            };
        }

        return this;
    }

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(_text.ToString());
}
