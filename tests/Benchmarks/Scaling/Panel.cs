using System.Globalization;
using System.Text;

namespace Benchmarks.Scaling;

/// <summary>Curves over time, as a part of an SVG.</summary>
/// <param name="Title">What is drawn, with its unit.</param>
/// <param name="Curves">Each with its colour.</param>
internal sealed record Panel(string Title, IReadOnlyList<(string Colour, IReadOnlyList<(double Minutes, double Value)> Points)> Curves)
{
    public const int Width = 760;
    public const int Height = 220;
    private const int Left = 70;
    private const int Top = 34;
    private const int Bottom = 28;
    private const int Lines = 4;
    private static readonly int[] Marks = [1, 2, 4, 5, 8, 10];

    private double Longest => Curves.Max(c => c.Points[^1].Minutes);

    private double Highest => Round(Curves.Max(c => c.Points.Max(p => p.Value)));

    /// <summary>Draws it below what is there.</summary>
    public void Draw(StringBuilder svg, int y)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate(0 {y})\">\n<text x=\"{Left}\" y=\"20\" font-weight=\"bold\">{Title}</text>\n");
        for (var i = 0; i <= Lines; i++)
        {
            var value = Highest * i / Lines;
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - 10}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\" stroke=\"#ddd\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{value:#,0}</text>\n");
        }

        for (var minute = 0; minute <= Longest; minute += 10)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(minute):0.#}\" y=\"{Height - 8}\" text-anchor=\"middle\">{minute} min</text>\n");
        foreach (var (colour, points) in Curves)
        {
            var path = string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Minutes):0.#},{Y(p.Value):0.#}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n");
        }

        svg.Append("</g>\n");
    }

    // Up to a number that four lines divide well.
    private static double Round(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1))));
        return Marks.Select(n => n * power).First(n => n >= value);
    }

    private double X(double minutes) => Left + ((Width - 10 - Left) * minutes / Longest);

    private double Y(double value) => Height - Bottom - ((Height - Bottom - Top) * value / Highest);
}
