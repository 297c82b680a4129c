using System.Globalization;
using System.Text;

namespace Functions.Worker.Invoices;

/// <summary>
/// A PDF of one A4 page with text and lines, in the fonts that every reader has. Those know Western European letters only: others are drawn as their
/// nearest, or as a question mark, and the true text is put beside what is drawn, for those who search it, copy it or have it read out.
/// </summary>
/// <seealso href="https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf"/>
internal sealed class PdfPage
{
    private const int LongestLine = 120;
    private static readonly Encoding WinAnsi = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private readonly StringBuilder _content = new();

    /// <summary>Draws a line of text, cut at 120 characters.</summary>
    /// <param name="x">Points from the left edge.</param>
    /// <param name="y">Points from the lower edge.</param>
    /// <param name="size">The font's, in points.</param>
    /// <param name="text">Of any letters.</param>
    /// <param name="bold">Whether the font is.</param>
    public void Text(int x, int y, int size, string text, bool bold = false)
    {
        text = text.Length > LongestLine ? text[..LongestLine] : text;
        var drawn = WinAnsi.GetBytes(text);
        var isTrue = WinAnsi.GetString(drawn) == text;
        if (!isTrue)
            _content.Append($"/Span << /ActualText {Unicode(text)} >> BDC\n");
        _content.Append(CultureInfo.InvariantCulture, $"BT /{(bold ? "F2" : "F1")} {size} Tf {x} {y} Td {Literal(drawn)} Tj ET\n");
        if (!isTrue)
            _content.Append("EMC\n");
    }

    /// <summary>Draws a thin line from left to right.</summary>
    public void Line(int left, int right, int y) => _content.Append(CultureInfo.InvariantCulture, $"0.5 w {left} {y} m {right} {y} l S\n");

    /// <summary>The whole file.</summary>
    /// <param name="title">Shown by readers in the place of a file name.</param>
    public byte[] ToDocument(string title)
    {
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
            $"<< /Length {_content.Length} >>\nstream\n{_content}endstream",
            Font("Helvetica"),
            Font("Helvetica-Bold"),
            $"<< /Title {Unicode(title)} >>",
        ];

        // All of it is Latin-1, a byte a character, so a length is an offset. The four bytes above 127 say that it is no text file.
        var file = new StringBuilder("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        var offsets = new StringBuilder("0000000000 65535 f \n");
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Append(CultureInfo.InvariantCulture, $"{file.Length:0000000000} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var start = file.Length;
        var count = objects.Length + 1;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {count}\n{offsets}trailer\n<< /Size {count} /Root 1 0 R /Info {objects.Length} 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string Font(string name) => $"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>";

    private static string Unicode(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    // Whatever could end the literal, or is no plain ASCII, is written as its octal number.
    private static string Literal(byte[] text)
    {
        var literal = new StringBuilder("(");
        foreach (var b in text)
        {
            if (b is < (byte)' ' or > (byte)'~' or (byte)'(' or (byte)')' or (byte)'\\')
                literal.Append('\\').Append(Convert.ToString(b, 8).PadLeft(3, '0'));
            else
                literal.Append((char)b);
        }

        return literal.Append(')').ToString();
    }
}
