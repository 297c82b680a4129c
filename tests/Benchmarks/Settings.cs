using System.Globalization;

namespace Benchmarks;

/// <summary>What a run may vary.</summary>
/// <param name="Seconds">How long each row is measured.</param>
/// <param name="Connections">Connections, each with a thread of its own, for the pipelined rows.</param>
/// <param name="Depth">Requests on their way at a time on a connection, 1 to 100.</param>
/// <param name="Endpoint">A server that runs already, instead of one started for the run.</param>
internal sealed record Settings(double Seconds = 3, int Connections = 4, int Depth = 16, Uri? Endpoint = null)
{
    public static Settings Read(string[] arguments)
    {
        var settings = new Settings();
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            var value = arguments[i + 1];
            settings = arguments[i] switch
            {
                "--seconds" => settings with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--connections" => settings with { Connections = int.Parse(value, CultureInfo.InvariantCulture) },
                "--depth" => settings with { Depth = Math.Clamp(int.Parse(value, CultureInfo.InvariantCulture), 1, 100) },
                "--endpoint" => settings with { Endpoint = new Uri(value) },
                var unknown => throw new ArgumentException($"There is no option {unknown}."),
            };
        }

        return settings;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("localcloud [--seconds 3] [--connections 4] [--depth 16] [--endpoint URL]   measures LocalCloud, or what listens at URL");
        Console.Error.WriteLine("consuming   measures the library from bytes to verdicts, beside a loop written by hand");
        Console.Error.WriteLine("outbox [relay] [latency] [space] [--rows N] [--page N] [--lanes N] [--rounds 1] [--rate N] [--seconds 30]");
        Console.Error.WriteLine("            measures the outbox on a PostgreSQL of its own");
        Console.Error.WriteLine("scaling [--svg FILE]   simulates a campaign with and without the queue in front of the database");
        Console.Error.WriteLine("publishing [envelope] [send] [publish]   measures messages on their way out, beside the least that could do the same");
        return 1;
    }
}
