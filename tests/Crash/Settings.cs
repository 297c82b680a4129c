using System.Globalization;

namespace Crash;

/// <summary>What a run may vary.</summary>
/// <param name="Kills">How many processes die, 1 to 100,000.</param>
/// <param name="Seed">Chooses who dies where, when PostgreSQL is restarted, and what is booked.</param>
/// <param name="Log">A file for what the processes printed last; null for none.</param>
internal sealed record Settings(int Kills, int Seed, string? Log)
{
    private const int MostKills = 100_000;

    /// <summary>Null where the options are none of ours.</summary>
    public static Settings? TryRead(string[] options)
    {
        var settings = new Settings(100, Random.Shared.Next(), null);
        if (options.Length % 2 != 0)
            return null;
        for (var i = 0; i < options.Length; i += 2)
        {
            var isNumber = int.TryParse(options[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            switch (options[i])
            {
                case "--kills" when isNumber && number is >= 1 and <= MostKills:
                    settings = settings with { Kills = number };
                    break;
                case "--seed" when isNumber:
                    settings = settings with { Seed = number };
                    break;
                case "--log":
                    settings = settings with { Log = options[i + 1] };
                    break;
                default:
                    return null;
            }
        }

        return settings;
    }

    public static int Usage()
    {
        Console.Error.WriteLine($"crash [--kills 100] [--seed N] [--log FILE]   1 to {MostKills} kills; without a seed it takes one and prints it");
        return 2;
    }
}
