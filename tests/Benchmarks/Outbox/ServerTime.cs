using System.Globalization;

namespace Benchmarks.Outbox;

/// <summary>Processor time of a server and the processes it starts, from <c>/proc</c>.</summary>
internal static class ServerTime
{
    private const double TicksInSecond = 100;
    private const int Parent = 1, UserTicks = 11, SystemTicks = 12, UserTicksOfChildren = 13, SystemTicksOfChildren = 14;

    /// <summary>Seconds so far, those of children that have ended included; not a number where there is no <c>/proc</c>.</summary>
    public static double Of(int server) => Directory.Exists("/proc/self")
        ? Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Sum(name => Seconds(name!, server.ToString(CultureInfo.InvariantCulture)))
        : double.NaN;

    private static double Seconds(string process, string server)
    {
        try
        {
            // What is in parentheses before is a name, and may hold blanks.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            if (process == server)
                return Sum(UserTicks, SystemTicks, UserTicksOfChildren, SystemTicksOfChildren);
            return fields[Parent] == server ? Sum(UserTicks, SystemTicks) : 0;

            double Sum(params int[] at) => at.Sum(i => double.Parse(fields[i], CultureInfo.InvariantCulture)) / TicksInSecond;
        }
        catch (IOException)
        {
            // It has ended since it was listed; its parent has its time.
            return 0;
        }
    }
}
