using System.Globalization;
using System.Text;

namespace Benchmarks.Scaling;

/// <summary>
/// What the queue in front of the database is for: the same campaign with it and without it. A simulation, so that it may fail as it would in earnest; what
/// it assumes is here.
/// </summary>
internal static class ScalingBenchmark
{
    private const string With = "#1a7f37";
    private const string Without = "#cf222e";

    // 100 bookings a second on an ordinary day, 800 for ten minutes of a campaign.
    private static readonly Campaign Campaign = new(
        Usual: 100, Peak: 800, Begin: TimeSpan.FromMinutes(5), Rise: TimeSpan.FromMinutes(1), Height: TimeSpan.FromMinutes(10), End: TimeSpan.FromMinutes(50));

    // 25 ms a booking while it is alone; a hotel in a campaign has rows that many want at once.
    private static readonly Database Database = new(Alone: 40, Contention: 0.05, Coherency: 0.0005);

    // A Lambda account's concurrency by default, and the timeout of BookingApi.
    private const int Concurrency = 1_000;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string? path)
    {
        var with = Spike.WithQueue(Campaign, Database, Database.Best);
        var without = Spike.WithoutQueue(Campaign, Database, Concurrency, Timeout);
        Console.WriteLine(
            $"a campaign: {Campaign.Usual} bookings a second, {Campaign.Peak} for {Campaign.Height.TotalMinutes} minutes; the database decides {Database.Throughput(Database.Best):0} a second with {Database.Best} at a time, {Database.Throughput(Concurrency):0} with {Concurrency}");
        Console.WriteLine($"{"",-20}{"decided",12}{"errors",12}{"most waiting",14}{"longest delay",16}");
        foreach (var (name, moments) in new[] { ("with the queue", with), ("without", without) })
            Console.WriteLine($"{name,-20}{Sum(moments, m => m.Decided),12:N0}{Sum(moments, m => m.Failed),12:N0}{moments.Max(m => m.Waiting),14:N0}{moments.Max(m => m.Delay),14:N0} s");
        if (path is not null)
        {
            await File.WriteAllTextAsync(path, Draw(with, without));
            Console.WriteLine($"drawn to {path}");
        }

        return 0;
    }

    private static double Sum(IReadOnlyList<Moment> moments, Func<Moment, double> rate) => moments.Sum(rate) * Campaign.End.TotalSeconds / moments.Count;

    private static string Draw(IReadOnlyList<Moment> with, IReadOnlyList<Moment> without)
    {
        Panel[] panels =
        [
            new("Bookings decided a second", [("#8c959f", [.. Every(with).Select(m => (m.Time.TotalMinutes, Campaign.RateAt(m.Time)))]), (Without, Points(without, m => m.Decided)), (With, Points(with, m => m.Decided))]),
            new("Bookings that wait", [(Without, Points(without, m => m.Waiting)), (With, Points(with, m => m.Waiting))]),
            new("Seconds until a booking is decided", [(Without, Points(without, m => m.Delay)), (With, Points(with, m => m.Delay))]),
        ];
        var height = 40 + (panels.Length * Panel.Height);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Panel.Width} {height}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#1f2328\">\n");
        svg.Append("<title>A campaign with the queue in front of the database, and without it</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"70\" y=\"24\" font-size=\"13\"><tspan fill=\"#6e7781\">asked for</tspan>  <tspan fill=\"{With}\">with the queue: {Sum(with, m => m.Failed):N0} errors</tspan>  ");
        svg.Append(CultureInfo.InvariantCulture, $"<tspan fill=\"{Without}\">without it: {Sum(without, m => m.Failed):N0} errors</tspan></text>\n");
        for (var i = 0; i < panels.Length; i++)
            panels[i].Draw(svg, 34 + (i * Panel.Height));
        return svg.Append("</svg>\n").ToString();
    }

    private static (double Minutes, double Value)[] Points(IReadOnlyList<Moment> moments, Func<Moment, double> value) =>
        [.. Every(moments).Select(m => (m.Time.TotalMinutes, value(m)))];

    // A point every ten seconds is as fine as the picture shows.
    private static IEnumerable<Moment> Every(IReadOnlyList<Moment> moments) => moments.Where((_, i) => i % 100 == 0);
}
