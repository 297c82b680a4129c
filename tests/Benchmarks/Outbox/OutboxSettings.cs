using System.Globalization;
using Messaging.Outbox;

namespace Benchmarks.Outbox;

/// <summary>What a run of the outbox's benchmarks may vary.</summary>
/// <param name="Rows">Rows that wait (relay), or go through (space).</param>
/// <param name="Page">Rows that the relay, and the loop it is compared with, take at a time.</param>
/// <param name="Lanes">Connections of both.</param>
/// <param name="Rounds">How often everybody has a turn.</param>
/// <param name="Rate">Messages a second (latency, space).</param>
/// <param name="Seconds">How long the latency is measured.</param>
internal sealed record OutboxSettings(int? Rows = null, int? Page = null, int? Lanes = null, int Rounds = 1, int? Rate = null, int Seconds = 30)
{
    public OutboxOptions Options
    {
        get
        {
            var usual = new OutboxOptions();
            return usual with { PageSize = Page ?? usual.PageSize, LanesAtATime = Lanes ?? usual.LanesAtATime };
        }
    }

    public static OutboxSettings Read(ReadOnlySpan<string> options)
    {
        var settings = new OutboxSettings();
        for (var i = 0; i < options.Length; i += 2)
        {
            if (i + 1 == options.Length || !int.TryParse(options[i + 1], CultureInfo.InvariantCulture, out var value) || value < 1)
                throw new ArgumentException($"{options[i]} needs a number of at least 1.");
            settings = options[i] switch
            {
                "--rows" => settings with { Rows = value },
                "--page" => settings with { Page = value },
                "--lanes" => settings with { Lanes = value },
                "--rounds" => settings with { Rounds = value },
                "--rate" => settings with { Rate = value },
                "--seconds" => settings with { Seconds = value },
                var unknown => throw new ArgumentException($"There is no option {unknown}."),
            };
        }

        return settings;
    }
}
